"""Tables in memory and their canonical CSV (ADR 1): one form per content.

``serialize`` writes the canonical form; ``canonical`` brings a table to it. Laws:
``intake.parse(serialize(t)) == t`` for a canonical ``t``; ``canonical`` is idempotent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from observatoire.model import Finding, Key, Malformed, Row

if TYPE_CHECKING:
    from observatoire.schema import Schema


class Table:
    """Named columns and their rows of strings, in file order; row ``i`` is line ``i + 2``."""

    def __init__(self, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]] = ()) -> None:
        self.columns = columns
        self.rows = rows

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return (self.columns, self.rows) == (other.columns, other.rows)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Table({self.columns}, {self.rows})"

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> Iterator[dict[str, str]]:
        """Each row as a dictionary."""
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))

    def column(self, name: str) -> list[str]:
        """The cells of one column, top to bottom; raises KeyError."""
        at = self.position(name)
        return [row[at] for row in self.rows]

    def position(self, name: str) -> int:
        """Where the column stands in each row; raises KeyError."""
        return self._positions[name]

    def by(self, *names: str) -> dict[Key, dict[str, str]]:
        """The rows by the cells of some columns; the last of equal keys wins."""
        return {tuple(r[n] for n in names): r for r in self.records()}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.columns)}


def from_records(columns: Sequence[str], records: Iterable[Row]) -> Table:
    """A table of the given columns; a cell that a record lacks is empty."""
    names = tuple(columns)
    return Table(names, [tuple(r.get(n, "") for n in names) for r in records])


def reorder(table: Table, columns: Sequence[str]) -> Table:
    """The same table with its columns in the order of ``columns``."""
    names = tuple(columns)
    if names == table.columns:
        return table
    positions = [table.position(n) for n in names]
    if len(positions) == 1:
        return Table(names, [(row[positions[0]],) for row in table.rows])
    return Table(names, [itemgetter(*positions)(row) for row in table.rows])


def serialize(table: Table) -> bytes:
    """The canonical bytes: UTF-8, LF, one final newline, quotes only around a cell with a comma."""
    return "\n".join([",".join(table.columns), *map(line, table.rows), ""]).encode()


def line(row: Sequence[str]) -> str:
    """A row as its canonical line, without the line end.

    A canonical cell has no quotation mark; in another one it is doubled (RFC 4180), so that no
    cell is lost.
    """
    text = ",".join(row)
    if '"' not in text and text.count(",") == len(row) - 1:
        return text
    return ",".join(map(_quoted, row))


def _quoted(cell: str) -> str:
    if '"' in cell:
        cell = cell.replace('"', '""')
        return f'"{cell}"'
    return f'"{cell}"' if "," in cell else cell


def canonical(table: Table, schema: Schema) -> Table:
    """Columns in schema order, each cell spelt as its type says, rows sorted by key.

    Only what is certain is changed: a doubtful cell is left for ``validate`` to report.
    """
    from observatoire.cells import speller  # for this alone: start-up counts

    table = reorder(table, schema.columns)
    columns = [_spelt(table.column(f.name), speller(f)) for f in schema.fields]
    rows = list(zip(*columns, strict=True))
    return Table(table.columns, sort_rows(rows, table.columns, schema.primary_key))


def _spelt(column: list[str], spell: Callable[[str], str]) -> list[str]:
    """The cells of a column in their canonical spelling, each distinct one spelt once."""
    changed = {c: new for c in set(column) if (new := spell(c)) != c}
    return [changed.get(c, c) for c in column] if changed else column


def sort_rows(
    rows: Sequence[tuple[str, ...]], columns: Sequence[str], key: Sequence[str]
) -> list[tuple[str, ...]]:
    """Rows in code-point order of their key, then of their other cells (a total order)."""
    positions = [list(columns).index(n) for n in key]
    return sorted(rows, key=lambda row: (tuple(row[p] for p in positions), row))


def keyed(table: Table, schema: Schema, file: str) -> dict[Key, dict[str, str]]:
    """Rows by primary key; raises Malformed when a key stands twice."""
    seen: dict[Key, int] = {}
    out: dict[Key, dict[str, str]] = {}
    for number, row in enumerate(table.records(), 2):
        key = tuple(row[n] for n in schema.primary_key)
        if key in seen:
            raise Malformed(
                Finding(
                    "cle-en-double",
                    f"la clé « {' / '.join(key)} » est déjà à la ligne {seen[key]} :"
                    " gardez une seule des deux lignes.",
                    file=file,
                    line=number,
                    key=key,
                )
            )
        seen[key] = number
        out[key] = row
    return out


def apply_rows(table: Table, schema: Schema, rows: Mapping[Key, Row | None]) -> Table:
    """The table with rows replaced or added by key, and removed where the row is None; sorted."""
    positions = [table.position(n) for n in schema.primary_key]
    kept = [r for r in table.rows if tuple(r[p] for p in positions) not in rows]
    new = [tuple(row.get(c, "") for c in table.columns) for row in rows.values() if row is not None]
    return Table(table.columns, sort_rows([*kept, *new], table.columns, schema.primary_key))
