"""One table under examination: its rows, keys, labels, and the rows worth a closer look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import TypeVar, cast

from observatoire.model import Finding, Key
from observatoire.register import path_of
from observatoire.schema import Schema
from observatoire.validate.model import Remark, written
from observatoire.validate.store import Store, watched
from observatoire.validate.watch import Distinct, InOrder, Watch

T = TypeVar("T")
Labels = Callable[[str], str]
LABEL = 80
"""Characters of the name of an organisation that a report shows."""
SMALL = 300_000
"""Cells: a table with no more is read once for all its columns."""


class Sheet:
    """One table under examination; row ``i`` is line ``i + 2`` of the file.

    ``suspects`` are the rows where a check of a single cell may find something.
    """

    def __init__(self, name: str, schema: Schema, store: Store, labels: Labels) -> None:
        self.name = name
        self.path = path_of(name)
        self.schema = schema
        self.suspects = store.suspects
        self.plain = store.plain
        self._store = store
        self._labels = labels
        self._columns: dict[str, list[str]] = {}

    def __len__(self) -> int:
        return self._store.count

    def watched(self, watch: Watch[T]) -> T:
        """What a watch sees in the table."""
        return cast(T, watched(self._store, self.schema, watch))

    def column(self, field: str) -> list[str]:
        """The cells of a column, top to bottom."""
        if field not in self._columns:
            small = len(self) * len(self.schema.columns) <= SMALL
            wanted = self.schema.columns if small else (field,)
            places = [self.schema.columns.index(name) for name in wanted]
            blocks = [[columns[at] for at in places] for _, columns in self._store.blocks()]
            for i, name in enumerate(wanted):
                self._columns[name] = list(chain.from_iterable(block[i] for block in blocks))
        return self._columns[field]

    def row(self, at: int) -> tuple[str, ...]:
        """The cells of a row."""
        if at in self._suspected:
            return self._suspected[at]
        first, columns = self._store.holding(at)
        return tuple(column[at - first] for column in columns)

    @cached_property
    def _suspected(self) -> dict[int, tuple[str, ...]]:
        """The rows worth a closer look: many checks come back to them."""
        out = {}
        for at in self.suspects:
            first, columns = self._store.holding(at)
            out[at] = tuple(column[at - first] for column in columns)
        return out

    def suspected(self, field: str) -> list[tuple[int, str]]:
        """The rows worth a closer look, with their cell in a column."""
        at = self.schema.columns.index(field)
        return [(row, cells[at]) for row, cells in self._suspected.items()]

    def lines(self) -> list[str]:
        """The rows as they are written."""
        return self._store.lines()

    def texts(self) -> Iterator[tuple[int, str]]:
        """The suspect rows as they are written in a plain file."""
        for at in self.suspects:
            yield at, self._store.text(at)

    def cells(self, places: Iterable[int], *fields: str) -> Iterator[tuple[str, ...]]:
        """Some cells of some rows, in the order of these; better sorted."""
        at = [self.schema.columns.index(f) for f in fields]
        first, end, columns = 0, 0, list[list[str]]()
        for place in places:
            if not first <= place < end:
                first, block = self._store.holding(place)
                columns, end = [block[i] for i in at], first + len(block[0])
            yield tuple(column[place - first] for column in columns)

    @cached_property
    def rows(self) -> list[tuple[str, ...]]:
        """All the rows."""
        blocks = (zip(*columns, strict=True) for _, columns in self._store.blocks())
        return list(chain.from_iterable(blocks))

    def keys(self) -> list[Key]:
        """The primary key of each row."""
        return list(zip(*(self.column(n) for n in self.schema.primary_key), strict=True))

    @property
    def in_order(self) -> bool:
        """Whether each key comes after the one above: the lines are sorted, and no key is twice."""
        return self.watched(InOrder(self.schema.primary_key))

    @cached_property
    def by_key(self) -> dict[Key, int]:
        """The rows by primary key; the last of equal keys wins."""
        return {key: row for row, key in enumerate(self.keys())}

    def judge(
        self, code: str, field: str, verdict: Callable[[str], Remark | None]
    ) -> Iterator[Finding]:
        """What a check of a single cell says of a column: only the suspect rows are looked at."""
        if self.suspects:
            yield from self._judged(code, field, verdict, self.suspected(field))

    def judge_all(
        self, code: str, field: str, verdict: Callable[[str], Remark | None]
    ) -> Iterator[Finding]:
        """The same on every row, for what the grammar of a line cannot tell."""
        values = self.watched(Distinct(field)).groups()
        if any(verdict(cell) is not None for group in values for cell in group):
            yield from self._judged(code, field, verdict, list(enumerate(self.column(field))))

    def _judged(
        self,
        code: str,
        field: str,
        verdict: Callable[[str], Remark | None],
        cells: list[tuple[int, str]],
    ) -> Iterator[Finding]:
        """Each distinct cell is judged once, an empty one never."""
        distinct = {c for _, c in cells} - {""}
        bad = {c: said for c in distinct if (said := verdict(c)) is not None}
        if bad:
            for row, cell in cells:
                if cell in bad:
                    yield self.finding(code, row, field, bad[cell])

    def key(self, row: int) -> Key:
        """The primary key of a row."""
        cells = self.row(row)
        return tuple(cells[self.schema.columns.index(n)] for n in self.schema.primary_key)

    def label(self, row: int) -> str:
        """The organisation or platform that a row is about, for people."""
        cells = dict(zip(self.schema.columns, self.row(row), strict=True))
        if "nom" in cells:
            return cells["nom"][:LABEL]
        known = self._labels(cells["siren"]) if "siren" in cells else ""
        return (known or cells.get("identifiant", ""))[:LABEL]

    def finding(self, code: str, row: int, field: str, said: Remark) -> Finding:
        """A finding about a cell (or about the row, when ``field`` is empty)."""
        return Finding(
            code,
            said.message,
            said.severity,
            self.path,
            row + 2,
            self.key(row),
            field,
            self.label(row),
            written(said.fix, field),
            said.english,
        )

    def whole(self, code: str, said: Remark, *, line: int = 0) -> Finding:
        """A finding about the whole file."""
        return Finding(code, said.message, said.severity, self.path, line, english=said.english)
