"""Carrying a visitor's edits to the file as it is now: the three-way rule, cell by cell.

Only the visitor moved: the edit stands. Only the register moved: it keeps what it says. Both moved,
differently: a question. The same on both sides: done already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from observatoire.contribution.cells import same, typed
from observatoire.contribution.model import Reason, Rules
from observatoire.contribution.reading import Line
from observatoire.model import Key, Row
from observatoire.plan import Addition, Conflict, Edit

Current = Mapping[Key, Row]


@dataclass(frozen=True)
class Carried:
    """What becomes of the edits; ``lost`` are those of rows that are no longer there."""

    edits: tuple[Edit, ...]
    additions: tuple[Addition, ...]
    conflicts: tuple[Conflict, ...]
    lost: tuple[Edit, ...]
    noise: Counter[Reason]


def carry(
    edits: Iterable[Edit], added: Iterable[Addition], current: Current, rules: Rules
) -> Carried:
    """Settle each edit and each new row against the current file."""
    kept: list[Edit] = []
    new: list[Addition] = []
    conflicts: list[Conflict] = []
    lost: list[Edit] = []
    tally: Counter[Reason] = Counter()
    wanted = list(edits)
    for addition in added:
        if addition.key in current:
            wanted += _filled(addition, rules)
        else:
            new.append(addition)
    for edit in wanted:
        row = current.get(edit.key)
        outcome = _settle(edit, None if row is None else row[edit.field], rules)
        if outcome is None:
            tally["deja-fait"] += 1
        elif row is None:
            lost.append(edit)
        elif isinstance(outcome, Conflict):
            conflicts.append(outcome)
        else:
            kept.append(outcome)
    return Carried(tuple(kept), tuple(new), tuple(conflicts), tuple(lost), tally)


def _settle(edit: Edit, now: str | None, rules: Rules) -> Edit | Conflict | None:
    """The edit to apply, the question to ask, or None when the register says it already."""
    field = rules.schema.field(edit.field)
    if now is None:
        return edit
    if same(now, edit.after, field):
        return None
    if same(now, edit.before, field):
        return Edit(edit.table, edit.key, edit.field, now, edit.after)
    return Conflict(edit.table, edit.key, edit.field, edit.before, now, edit.after)


def _filled(addition: Addition, rules: Rules) -> list[Edit]:
    """A new row that somebody else added meanwhile: what it says is a series of edits."""
    return [
        Edit(addition.table, addition.key, column, "", cell)
        for column, cell in addition.row.items()
        if cell and column not in rules.schema.primary_key
    ]


def addition(line: Line, rules: Rules, why: str) -> Addition:
    """A row that the visitor added; what it left untouched is empty."""
    row = {f.name: typed(c, f) for f, c in zip(rules.schema.fields, line.cells, strict=True)}
    return Addition(rules.table, tuple(row[n] for n in rules.schema.primary_key), row, why)
