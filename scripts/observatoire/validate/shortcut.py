"""A few lines edited in place: only they, and those that a check sets beside them, are examined.

Two small registers are made, before and after, and the usual checks run on both. It holds when all
lines keep their places and keys, and for the tables whose relations are known here; for anything
else there is no shortcut. What was already wrong elsewhere must be known from a whole examination
of the version before, which found both tables in their canonical form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from observatoire.files import Changes, Files, Overlay
from observatoire.model import Key, Row
from observatoire.register import Register, path_of
from observatoire.schema import Schema
from observatoire.validate.blocks import Block, NotPlain
from observatoire.validate.context import Context
from observatoire.validate.edited import EditedLine, Lines
from observatoire.validate.squeeze import squeezed

ORGANISATIONS, PUBLICATIONS = "organisations", "publications"
TABLES = (ORGANISATIONS, PUBLICATIONS)
"""The tables with a shortcut."""
FEW = 20
"""Edited lines; from there on, the share of the table that a change touches matters."""
MANY = 20_000
"""Lines beside the edited ones; from there on, the whole is examined as fast."""
PLACED = frozenset(("type", "departement", "latitude", "longitude"))
"""Cells that the points of a département are compared by."""
NAMED = frozenset(("nom", "statut"))
"""Cells that the namesakes of a département are compared by, and those of PLACED."""
SHARED = ("url", "identifiant")
"""Cells of a publication that no other organisation should have."""
COMPARED = {
    "coordonnees": (ORGANISATIONS, PLACED),
    "doublon-organisme": (ORGANISATIONS, PLACED | NAMED),
    "cle-en-double": (ORGANISATIONS, frozenset[str]()),
    "adresse-partagee": (PUBLICATIONS, frozenset(("url",))),
}
"""The checks that compare lines, by their codes, and the cells that they compare; never keys."""


class Cut(NamedTuple):
    """Two small registers, the true rows of their lines, and the edited lines by table.

    ``settled`` are the checks that compare lines by cells which nobody edited: what they said of
    the version before still holds, and the small registers cannot tell.
    """

    before: Files
    after: Files
    rows: Mapping[str, list[int]]
    edited: Mapping[str, Mapping[Key, Row]]
    settled: frozenset[str]


class _Edited(Overlay):
    """Files of which it is known which ones changed."""

    def __init__(self, below: Files, changes: Changes, changed: dict[str, str]) -> None:
        super().__init__(below, changes)
        self.changed = changed


class _Table:
    """A table of which some lines were edited in place, by row, and the lines set beside them."""

    def __init__(self, schema: Schema, lines: Lines) -> None:
        self.schema = schema
        self.lines = lines
        self.edits = {e.row: e for e in lines.edited(FEW)}
        self.old = _rows(schema, [e.old for e in self.edits.values()])
        self.new = _rows(schema, [e.new for e in self.edits.values()])
        self.beside: dict[int, bytes] = {}

    @property
    def rows(self) -> list[int]:
        """The rows of the small table."""
        return sorted({*self.edits, *self.beside})

    def text(self, *, before: bool) -> bytes:
        """The small table of a version."""
        edits = {row: e.old if before else e.new for row, e in self.edits.items()}
        lines = self.beside | edits
        return self.lines.header + b"".join([lines[row] + b"\n" for row in self.rows])

    def keys(self, rows: Iterable[Row]) -> list[Key]:
        """The keys of some rows."""
        return [tuple(row[n] for n in self.schema.primary_key) for row in rows]

    def changed(self) -> set[str]:
        """The columns where a cell was edited."""
        pairs = zip(self.old, self.new, strict=True)
        return {name for one, other in pairs for name in one if one[name] != other[name]}


def cut(before: Files, after: Register, changed: dict[str, str]) -> Cut | None:
    """The small registers for these changed files; None when the whole must be examined."""
    if not changed or not {*changed} <= {path_of(name) for name in TABLES}:
        return None
    try:
        tables = {n: _table(before, after, n) for n in TABLES if path_of(n) in changed}
        for name, table in tables.items():
            table.beside |= _namesakes(table) if name == ORGANISATIONS else _sharing(table)
        around = _around(after, tables)
    except NotPlain:
        return None
    one = around | {path_of(n): t.text(before=True) for n, t in tables.items()}
    two = around | {path_of(n): t.text(before=False) for n, t in tables.items()}
    rows = {n: t.rows for n, t in tables.items()}
    edited = {n: dict(zip(t.keys(t.new), t.new, strict=True)) for n, t in tables.items()}
    settled = frozenset(
        code
        for code, (name, fields) in COMPARED.items()
        if name not in tables or fields.isdisjoint(tables[name].changed())
    )
    return Cut(_Edited(after.files, one, changed), Overlay(after.files, two), rows, edited, settled)


def _table(before: Files, after: Register, name: str) -> _Table:
    schema, path = after.schema(name), path_of(name)
    if any(field.unique for field in schema.fields):
        raise NotPlain("a cell that must be set beside all the others")
    table = _Table(schema, Lines(before.read(path), after.files.read(path), schema))
    if table.keys(table.old) != table.keys(table.new):
        raise NotPlain("a line has another key")
    return table


def _rows(schema: Schema, lines: Sequence[bytes]) -> list[Row]:
    """The cells of some lines; raises NotPlain."""
    columns = Block(0, b"\n".join([*lines, b""]), len(schema.columns)).columns
    return [dict(zip(schema.columns, row, strict=True)) for row in zip(*columns, strict=True)]


def _namesakes(table: _Table) -> dict[int, bytes]:
    """The organisations whose points, or else whose names, are compared with the edited ones."""
    if not all(row["nom"] for row in (*table.old, *table.new)):
        raise NotPlain("other tables call an organisation without a name otherwise")
    changed = table.changed()
    if changed.isdisjoint(PLACED | NAMED):
        return {}
    edited = [*table.old, *table.new]
    places = {row["departement"] for row in edited}
    if "" in places:
        raise NotPlain("an organisation of no département stands beside all of them")
    near = table.lines.matching(_line_of(places))
    if not changed.isdisjoint(PLACED):
        if b'""' in table.lines.new:
            raise NotPlain("a quotation mark in the name of a body that may stand beside them")
    else:
        names = set(squeezed([row["nom"] for row in edited]))
        told = squeezed([found[1].strip(b'"').decode() for found in near])
        near = [found for found, name in zip(near, told, strict=True) if name in names]
    return table.lines.numbered(found.start(1) for found in near)


def _line_of(departements: Iterable[str]) -> bytes:
    """How a line of the organisations of some départements begins; its name is a group.

    A canonical line has all its commas: no cell reaches over its end.
    """
    places = b"|".join(sorted(re.escape(d).encode() for d in departements))
    cell = rb'(?:"[^"]*+"|[^,]*+)'
    return cell + b",(" + cell + b")," + cell + b",(?:" + places + b"),"


def _sharing(table: _Table) -> dict[int, bytes]:
    """The publications with an address or an account of the edited ones."""
    changed = table.changed()
    cells = {row[f] for row in (*table.old, *table.new) for f in SHARED if changed & {f}}
    return table.lines.numbered(_found(table.lines.new, (c for c in cells if c)))


def _found(data: bytes, cells: Iterable[str]) -> Iterator[int]:
    """Where some cells stand; raises NotPlain when there are too many places."""
    many = 0
    for cell in cells:
        at = data.find(cell.encode())
        while at >= 0:
            many += 1
            if many > MANY:
                raise NotPlain("a cell that stands everywhere")
            yield at
            at = data.find(cell.encode(), data.index(b"\n", at))


def _around(after: Register, tables: Mapping[str, _Table]) -> dict[str, bytes | None]:
    """The lines that those of the small tables point at: beside them, or in other tables."""
    lines = (x for t in tables.values() for x in (*_texts(t.edits.values()), *t.beside.values()))
    sirens = {x[:9] for x in lines}
    out: dict[str, bytes | None] = {}
    if ORGANISATIONS not in tables:
        out |= _only(after, ORGANISATIONS, sirens)
    elif PUBLICATIONS in tables:
        bodies = tables[ORGANISATIONS]
        bodies.beside |= bodies.lines.holding("siren", sirens)
    for year in after.vintages()[-1:]:
        out |= _only(after, f"reference/{year}/communes", sirens)
    return out


def _texts(edits: Iterable[EditedLine]) -> Iterator[bytes]:
    return (line for edit in edits for line in (edit.old, edit.new))


def _only(register: Register, name: str, sirens: set[bytes]) -> dict[str, bytes | None]:
    """A table with only its lines about some organisations."""
    data = register.files.read(path_of(name))
    lines = Lines(data, data, register.schema(name))
    kept = lines.holding("siren", sirens)
    return {path_of(name): lines.header + b"".join([kept[row] + b"\n" for row in sorted(kept)])}


def doubted(context: Context, cut: Cut) -> bool:
    """Whether the whole reference is needed to judge an edited line of the small registers."""
    edited = cut.edited.get(ORGANISATIONS, {})
    return bool(edited) and any((row.siren,) in edited for row in context.doubtful)
