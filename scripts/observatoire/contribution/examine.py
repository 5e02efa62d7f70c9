"""The whole examination: what Datami saved, the versions it may come from, the file today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from observatoire.contribution import allowed, reading, remarks, start
from observatoire.contribution.carry import Current, addition, carry
from observatoire.contribution.cells import same
from observatoire.contribution.difference import key_of
from observatoire.contribution.model import Contribution, Dropped, Reason, Rules, Version
from observatoire.contribution.start import Start
from observatoire.contribution.words import cell
from observatoire.model import Key
from observatoire.table import Table, keyed


def examine(
    saved: bytes, versions: Iterable[Version], current: Table, rules: Rules, why: str
) -> Contribution:
    """What a visitor changed, carried to ``current``; raises Malformed for what is no such file.

    ``versions`` are those of the file that the visitor may have seen, newest first; ``why`` is the
    evidence of the rows added. The law: the edits of a visitor, through Datami's rewriting and any
    of the versions, come back as exactly these edits.
    """
    sheet = reading.read(saved, rules.file, rules.schema.columns, rules.separator)
    found = start.find(sheet, versions, rules)
    done = found.difference
    rules = replace(rules, names=_names(found, rules))
    now = keyed(current, rules.schema, rules.file)

    edits, refused = allowed.sort_edits(done.edits, rules)
    rows = [addition(line, rules, why) for _, line in done.added]
    additions, withheld = allowed.sort_additions(rows, rules)
    carried = carry(edits, additions, now, rules)
    deletions = () if rules.generated else tuple(k for k in done.deleted if k in now)
    dropped = sheet.noise + done.noise + carried.noise
    dropped["fins-de-ligne"] += abs(sheet.crlf - found.sheet.crlf)
    dropped["perimees"] += 0 if rules.generated else _stale(found, now, rules)
    findings = (
        *sheet.findings,
        *reading.columns_told(sheet, found.sheet, rules.file),
        *remarks.rows(done, rules),
        *remarks.deleted(deletions, rules),
        *remarks.lost(carried.lost, rules),
        *refused,
        *withheld,
    )
    return Contribution(
        table=rules.table,
        version=found.version.ref,
        edits=carried.edits,
        additions=carried.additions,
        deletions=deletions,
        conflicts=carried.conflicts,
        dropped=_counted(dropped),
        findings=findings,
    )


def _counted(tally: Counter[Reason]) -> tuple[Dropped, ...]:
    reasons: tuple[Reason, ...] = get_args(Reason)
    return tuple(Dropped(reason, tally[reason]) for reason in reasons if tally[reason] > 0)


def _names(found: Start, rules: Rules) -> dict[Key, str]:
    """What the rows in question are called: as the register says, else as the file does."""
    done = found.difference
    touched = {e.key for e in done.edits} | {*done.deleted} | {old for old, _ in done.renamed}
    touched |= {key_of(line, rules.schema) for line in done.repeated} & found.rows.rows.keys()
    lines = {key: found.rows.rows[key] for key in touched} | dict(done.added)
    seen = {key: allowed.hidden(cell(line, "nom", rules.schema)) for key, line in lines.items()}
    return seen | dict(rules.names)


def _stale(found: Start, now: Current, rules: Rules) -> int:
    """How many rows the register changed since the version that the visitor saw."""
    seen = found.rows.rows
    moved = 0
    for key, line in seen.items():
        row = now.get(key)
        if row is None:
            moved += 1
            continue
        pairs = zip(rules.schema.fields, line.cells, strict=True)
        moved += any(not same(row[f.name], c or "", f) for f, c in pairs)
    return moved + len(now.keys() - seen.keys())
