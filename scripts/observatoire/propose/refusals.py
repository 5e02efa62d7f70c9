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
ACCOUNT = 2
"""Where a key of publications names the account, after the body and the platform."""
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
    gone: dict[Key, list[Key]] = {}
    for key in old.keys() - new.keys():
        for kept in {key[:ACCOUNT], key[1:]}:
            gone.setdefault(kept, []).append(key)
    for key, row in new.items():
        # No line is ever removed: one that is gone has another account, or another body, in its key
        # now. Of several, any may be it; a refusal that no source would repeat is never written.
        found = {*gone.get(key[:ACCOUNT], ()), *gone.get(key[1:], ())}
        before = [key] if key in old else sorted(found)
        if key not in old:
            yield name, key_text(key), ROW, ROW
        for was in before:
            for field in schema.columns:
                if row[field] != old[was][field]:
                    yield name, key_text(was), field, row[field]


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
