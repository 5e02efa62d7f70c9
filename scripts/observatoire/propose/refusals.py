"""What people refused by closing a request: cell by cell, read from the request's own commits.

Nothing else remembers it until a later request writes it down in ``refus.csv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from observatoire.files import Files
from observatoire.model import Key, Row
from observatoire.plan import Plan
from observatoire.reconcile.vetoes import ROW, key_text
from observatoire.register import Register
from observatoire.schema import Schema

TABLES = ("organisations", "plateformes", "publications")
Cell = tuple[str, str, str, str]
"""A cell as ``refus.csv`` names it: table, key as text, field, value; ``*`` for a new line."""


def proposed(before: Files, after: Files) -> set[Cell]:
    """The cells that a branch changed, from the files before and after it."""
    old, new = Register(before), Register(after)
    return {
        cell
        for name in TABLES
        if before.read(f"data/{name}.csv") != after.read(f"data/{name}.csv")
        for cell in _cells(name, old.keyed(name), new.keyed(name), new.schema(name))
    }


def _cells(
    name: str, old: Mapping[Key, Row], new: Mapping[Key, Row], schema: Schema
) -> Iterator[Cell]:
    renamed = _renamed(old, new)
    for key, row in new.items():
        before = old.get(key) or old.get(renamed.get(key, ()))
        if before is None:
            yield name, key_text(key), ROW, ROW
            continue
        was = key_text(renamed.get(key, key))
        for field in schema.columns:
            if row[field] != before[field]:
                yield name, was, field, row[field]


def _renamed(old: Mapping[Key, Row], new: Mapping[Key, Row]) -> dict[Key, Key]:
    """New keys whose line had an empty part in its key before: the account was recognised."""
    gone = {key for key in old if key not in new and "" in key}
    found = {}
    for key in new:
        if key not in old:
            for before in gone:
                if all(b in {"", k} for b, k in zip(before, key, strict=True)):
                    found[key] = before
    return found


def live(plan: Plan, refused: Mapping[Cell, Row]) -> list[Row]:
    """The refusals that the plan would repeat; the others are about what no source says now."""
    cells: set[Cell] = {(a.table, key_text(a.key), ROW, ROW) for a in plan.additions}
    cells |= {(e.table, key_text(e.key), e.field, e.after) for e in plan.edits}
    cells |= {(c.table, key_text(c.key), c.field, c.theirs) for c in plan.conflicts}
    return [refused[cell] for cell in sorted(cells & refused.keys())]


def rows(cells: Sequence[Cell] | set[Cell], where: str, date: str) -> dict[Cell, Row]:
    """The lines of ``refus.csv`` for some cells; ``where`` is the request that was closed."""
    names = ("table", "cle", "champ", "valeur")
    return {
        cell: {**dict(zip(names, cell, strict=True)), "motif": "", "ou": where, "date": date}
        for cell in cells
    }
