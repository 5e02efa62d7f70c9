"""The files of a branch: the register once a plan is applied, with the harvest it comes from.

Pure, and the same bytes for the same values. A plan made from another state of the register is a
bug, and crashes: a cell is only replaced where it still holds what the plan saw.

One cell follows without being in the plan: a line of origin `reprise` that the source edits becomes
one of origin `moisson`, for its figures are no longer those of the old edition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from observatoire.files import Changes
from observatoire.model import Key, Row
from observatoire.plan import Edit, Plan
from observatoire.reconcile.rows import TABLE, keys_after
from observatoire.reconcile.unseen import remembered, to_remember, unseen
from observatoire.reconcile.verdicts import METHOD_OF, METHODS
from observatoire.reconcile.vetoes import vetoes
from observatoire.register import Register, path_of
from observatoire.settle import KEY, settle
from observatoire.table import Table, apply_rows, from_records


def apply(register: Register, plan: Plan, theirs: Table | None = None) -> Changes:
    """The changed files; with ``theirs``, the harvest to commit with them.

    Only tables that the plan touches are there.
    """
    rows = _rows(register, plan)
    rows[f"rapprochements/{plan.source}"] = _matches(plan, register)
    tables = {n: _laid(register, n, changed) for n, changed in rows.items() if changed}
    if theirs is not None:
        tables[f"moissons/{plan.source}"] = _harvest(register, plan, theirs)
    return {path_of(n): register.bytes_of(n, t) for n, t in sorted(tables.items())}


def _harvest(register: Register, plan: Plan, theirs: Table) -> Table:
    """The harvest to commit: settled, with the lines that only the register knows.

    An account whose changes or question wait stays as it was, or out: committing what the source
    says of it would read, at the next harvest, as a source that has nothing new to say.
    """
    name = f"moissons/{plan.source}"
    columns = register.schema(name).columns
    base = register.table(name)
    settled = settle(base, theirs, plan.date)
    waiting = {key[1:] for key in plan.waiting}
    waiting |= {(doubt.plateforme, doubt.identifiant) for doubt in plan.later}
    kept = [line for key, line in settled.lines.items() if key not in waiting]
    kept += [line for key, line in base.by(*KEY).items() if key in waiting]
    before = register.keyed(TABLE)
    lines = keys_after(before, plan.additions, plan.edits)
    held = vetoes(register, plan.date)
    bodies = {key[0] for key in plan.waiting}
    known = register.keyed(f"rapprochements/{plan.source}")
    lost = [k for k in unseen(lines, settled, plan.doubts, held, known) if k[0] not in bodies]
    gone = [remembered(row, plan.date) for row in to_remember(before, lost)]
    return from_records(columns, [*kept, *gone])


def _laid(register: Register, name: str, rows: Mapping[Key, Row | None]) -> Table:
    return apply_rows(register.table(name), register.schema(name), rows)


def _rows(register: Register, plan: Plan) -> dict[str, dict[Key, Row | None]]:
    """The new lines by table and key; None removes a line."""
    out: dict[str, dict[Key, Row | None]] = defaultdict(dict)
    for addition in plan.additions:
        out[addition.table][addition.key] = addition.row
    edits: dict[tuple[str, Key], list[Edit]] = defaultdict(list)
    for edit in plan.edits:
        edits[edit.table, edit.key].append(edit)
    before = {table: register.keyed(table) for table in {t for t, _ in edits}}
    for (table, key), changes in edits.items():
        names = register.schema(table).primary_key
        new = _edited(before[table][key], changes)
        if any(e.field in names for e in changes):
            out[table][key] = None
        out[table][tuple(new[n] for n in names)] = new
    return out


def _edited(row: Row, changes: list[Edit]) -> Row:
    for edit in changes:
        if row[edit.field] != edit.before:
            raise ValueError(f"stale plan: {edit} on {row}")
    origin = {"origine": "moisson"} if row.get("origine") == "reprise" else {}
    return {**row, **origin, **{e.field: e.after for e in changes}}


def _matches(plan: Plan, register: Register) -> dict[Key, Row | None]:
    """The matches to record: those whose line is in the register once the plan is applied.

    A match without its line would read, at the next harvest, as a line that a person removed.
    """
    lines = keys_after(register.keyed(TABLE), plan.additions, plan.edits)
    out: dict[Key, Row | None] = {}
    for plateforme, identifiant, siren, why in plan.matches:
        if (siren, plateforme, identifiant) in lines:
            method = METHOD_OF[why]
            out[plateforme, identifiant] = {
                "plateforme": plateforme,
                "identifiant": identifiant,
                "siren": siren,
                "methode": method,
                "score": METHODS[method][1],
                "decision": "automatique",
            }
    return out
