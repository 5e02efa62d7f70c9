"""A few lines edited in place: only they, and those that a check sets beside them, are examined.

Two small registers are made, before and after, and the usual checks run on both. It holds when all
lines keep their places and keys, and for the tables whose relations are known here; for anything
else there is no shortcut. What was already wrong elsewhere must be known from a whole examination
of the version before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress, count
from operator import ne

from observatoire.files import Changes, Files, Overlay
from observatoire.model import Key, Row
from observatoire.register import Register, path_of
from observatoire.schema import Schema
from observatoire.validate.blocks import Block, NotPlain
from observatoire.validate.context import Context

ORGANISATIONS, PUBLICATIONS = "organisations", "publications"
BESIDE = {ORGANISATIONS: ("departement",), PUBLICATIONS: ("url", "identifiant")}
"""The tables with a shortcut: two lines can concern each other when they share one of these cells.

Points and namesakes are compared in a département; addresses and accounts must not be shared.
"""
FEW = 20
"""Edited lines; from there on, the share of the table that a change touches matters."""


@dataclass(frozen=True)
class Cut:
    """Two small registers, the true rows of their lines, and the edited lines by table."""

    before: Files
    after: Files
    rows: Mapping[str, list[int]]
    edited: Mapping[str, Mapping[Key, Row]]


class _Edited(Overlay):
    """Files of which it is known which ones changed."""

    def __init__(self, below: Files, changes: Changes, changed: dict[str, str]) -> None:
        super().__init__(below, changes)
        self.changed = changed


@dataclass(frozen=True)
class _Table:
    """A table of which some lines were edited in place: its lines, and the rows of these."""

    schema: Schema
    old: list[bytes]
    new: list[bytes]
    edited: list[int]

    def rows(self, lines: list[bytes]) -> list[Row]:
        """The edited lines of a version; raises NotPlain."""
        names = self.schema.columns
        if not self.edited:
            return []
        columns = Block(0, _joined(lines, self.edited), len(names)).columns
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    def text(self, lines: list[bytes], rows: Iterable[int]) -> bytes:
        """A table of some of the lines."""
        return _header(self.schema) + _joined(lines, rows)


def cut(before: Files, after: Register, changed: dict[str, str], today: date) -> Cut | None:
    """The small registers for these changed files; None when the whole must be examined."""
    if not changed or not {*changed} <= {path_of(name) for name in BESIDE}:
        return None
    try:
        tables = {n: _table(before, after, n) for n in BESIDE if path_of(n) in changed}
        old = {n: t.rows(t.old) for n, t in tables.items()}
        new = {n: t.rows(t.new) for n, t in tables.items()}
        keys = {n: _keys(t.schema, new[n]) for n, t in tables.items()}
        if any(_keys(t.schema, old[n]) != keys[n] for n, t in tables.items()):
            return None
        rows = {n: _beside(t, [*old[n], *new[n]], BESIDE[n]) for n, t in tables.items()}
        around = _around(after, tables, rows)
    except NotPlain:
        return None
    one = around | {path_of(n): t.text(t.old, rows[n]) for n, t in tables.items()}
    two = around | {path_of(n): t.text(t.new, rows[n]) for n, t in tables.items()}
    edited = {n: dict(zip(keys[n], new[n], strict=True)) for n in tables}
    made = Cut(_Edited(after.files, one, changed), Overlay(after.files, two), rows, edited)
    return None if _doubtful(made, today) else made


def _table(before: Files, after: Register, name: str) -> _Table:
    schema, path = after.schema(name), path_of(name)
    old, new = (_lines(files.read(path), schema) for files in (before, after.files))
    edited = list(compress(count(), map(ne, old, new)))
    if len(old) != len(new) or len(edited) >= FEW:
        raise NotPlain("more than a few lines edited in place")
    return _Table(schema, old, new, edited)


def _lines(data: bytes | None, schema: Schema) -> list[bytes]:
    """The lines, left in bytes: what is wrong in those that were not edited is known."""
    header = _header(schema)
    if data is None or not data.startswith(header) or not data.endswith(b"\n"):
        raise NotPlain("another header, or a cut line")
    return data[len(header) :].split(b"\n")[:-1]


def _header(schema: Schema) -> bytes:
    return ",".join(schema.columns).encode() + b"\n"


def _joined(lines: Sequence[bytes], rows: Iterable[int]) -> bytes:
    return b"".join([lines[at] + b"\n" for at in rows])


def _keys(schema: Schema, rows: list[Row]) -> list[Key]:
    return [tuple(row[n] for n in schema.primary_key) for row in rows]


def _beside(table: _Table, rows: list[Row], fields: Sequence[str]) -> list[int]:
    """The edited lines, and those that share one of these cells with them."""
    cells = {field: {row[field] for row in rows} for field in fields}
    if "" in cells.get("departement", ()):
        raise NotPlain("an organisation of no département stands beside all of them")
    wanted = {cell.encode() for group in cells.values() for cell in group if cell}
    places = [table.schema.columns.index(field) for field in fields]
    first, last = min(places), max(places) + 1
    # A comma inside quotes shifts the cells: such a line is taken rather than cut.
    near = [
        at
        for at, line in enumerate(table.new)
        if b'"' in line or not wanted.isdisjoint(line.split(b",", last)[first:last])
    ]
    return sorted({*table.edited, *near})


def _around(
    after: Register, tables: Mapping[str, _Table], rows: dict[str, list[int]]
) -> dict[str, bytes | None]:
    """The lines that those of the small tables point at: added to ``rows``, or in other tables."""
    sirens = {table.new[at][:9] for name, table in tables.items() for at in rows[name]}
    out: dict[str, bytes | None] = {}
    if ORGANISATIONS in tables:
        bodies = tables[ORGANISATIONS].new
        named = {at for at, line in enumerate(bodies) if line[:9] in sirens}
        rows[ORGANISATIONS] = sorted(named.union(rows[ORGANISATIONS]))
    else:
        out |= _only(after, ORGANISATIONS, sirens)
    for year in after.vintages()[-1:]:
        out |= _only(after, f"reference/{year}/communes", sirens)
    return out


def _only(register: Register, name: str, sirens: set[bytes]) -> dict[str, bytes | None]:
    schema = register.schema(name)
    lines = _lines(register.files.read(path_of(name)), schema)
    at = schema.columns.index("siren")
    kept = [row for row, x in enumerate(lines) if x.split(b",", at + 1)[at] in sirens]
    return {path_of(name): _header(schema) + _joined(lines, kept)}


def _doubtful(made: Cut, today: date) -> bool:
    """Whether the whole reference is needed to judge an edited line."""
    if ORGANISATIONS not in made.rows:
        return False
    context = Context(Register(made.after), (ORGANISATIONS,), today)
    return any((row.siren,) in made.edited[ORGANISATIONS] for row in context.doubtful)
