"""The difference of two states: each table that moved, with the names that make it readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from observatoire.history import apart, lines
from observatoire.history.model import Difference, Side
from observatoire.model import Key, Malformed, Row

if TYPE_CHECKING:
    from observatoire.history.states import State
    from observatoire.schema import Schema

NAMED = ("organisations", "plateformes")
"""The tables whose keys stand in other tables, and whose lines have a name."""


class TableChange(NamedTuple):
    """What moved in a table; ``created`` and ``dropped`` when one state does not have it."""

    table: str
    schema: Schema
    difference: Difference
    created: bool = False
    dropped: bool = False


class Changes(NamedTuple):
    """What moved from a state to another, table by table; the names of what moved, by key."""

    old: str
    new: str
    tables: tuple[TableChange, ...]
    names: Mapping[str, Mapping[str, str]]

    def called(self, table: str, key: Key, row: Row) -> str:
        """What a line is called: its own name, or those of what its key points to."""
        if row.get("nom"):
            return row["nom"]
        if _points(table):
            siren, platform = row.get("siren", ""), row.get("plateforme", "")
            body = self.names["organisations"].get(siren, siren)
            return f"{body}, {self.names['plateformes'].get(platform, platform)}"
        return " / ".join(c for c in key if c)


def between(old: State, new: State, tables: Sequence[str]) -> Changes:
    """What moved in some tables; raises Malformed on a table that cannot be read."""
    moved = [t for t in tables if old.print_of(t) != new.print_of(t)]
    found = [c for table in moved for c in _table(old, new, table)]
    return Changes(old.label, new.label, tuple(found), _names(old, new, found))


def _table(old: State, new: State, table: str) -> Iterator[TableChange]:
    old.ahead(table)
    new.ahead(table)
    before, after = old.side(table), new.side(table)
    difference = lines.compare(before, after)
    created, dropped = before.data is None, after.data is None
    if created or dropped or not difference.empty:
        there = old if dropped else new
        schema = there.register.schema(f"{there.folder}{table}")
        yield TableChange(table, schema, difference, created, dropped)


def _points(table: str) -> bool:
    """Whether the lines of a table are called by the names of others."""
    return table.rpartition("/")[2] == "publications"


def _names(old: State, new: State, found: Sequence[TableChange]) -> Mapping[str, Mapping[str, str]]:
    """The names of the bodies and platforms of the publications that moved."""
    moved = [row for c in found if _points(c.table) for row in _rows(c.difference)]
    wanted = {
        "organisations": {r.get("siren", "") for r in moved},
        "plateformes": {r.get("plateforme", "") for r in moved},
    }
    return {
        table: {
            **_named(old.side(table), wanted[table]),
            **_named(new.side(table), wanted[table]),
        }
        if wanted[table]
        else {}
        for table in NAMED
    }


def _rows(difference: Difference) -> Iterator[Row]:
    yield from (line.row for line in (*difference.added, *difference.removed))
    yield from (line.row for line in difference.edited)


def _named(side: Side, keys: set[str]) -> Mapping[str, str]:
    """Key to name, for some lines of a table: the others are not read; {} when they cannot be."""
    header, *rows = (side.data or b"").split(b"\n")
    wanted = {k.encode() for k in keys}
    chosen = [row for row in rows if row.partition(b",")[0] in wanted]
    if not chosen or "nom" not in side.columns:
        return {}
    try:
        table = apart.read(header, chosen, side)
    except Malformed:
        return {}
    return dict(zip(table.column(side.key[0]), table.column("nom"), strict=True))
