"""One table under examination: its columns, keys, labels, and the rows worth a closer look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import lt
from typing import Any, Protocol

from observatoire.model import Finding, Key
from observatoire.register import path_of
from observatoire.schema import Schema
from observatoire.validate.model import Remark

Labels = Callable[[str], str]


class Read(Protocol):
    """A table that was read."""

    @property
    def count(self) -> int:
        """How many rows."""
        ...

    @property
    def suspects(self) -> Sequence[int]:
        """The rows worth a closer look."""
        ...

    @property
    def columns(self) -> list[list[str]]:
        """The cells of each column."""
        ...


@dataclass(frozen=True)
class _Careful:
    """Nothing is known of the lines, all are suspect."""

    count: int
    suspects: Sequence[int]
    columns: list[list[str]]


def careful(rows: Sequence[tuple[str, ...]], width: int) -> Read:
    """A table that was read line by line."""
    columns = [[row[i] for row in rows] for i in range(width)]
    return _Careful(len(rows), range(len(rows)), columns)


class Sheet:
    """One table under examination, as columns of cells; row ``i`` is line ``i + 2`` of the file.

    ``suspects`` are the rows where a check of a single cell may find something.
    """

    def __init__(self, name: str, schema: Schema, raw: bytes, read: Read, labels: Labels) -> None:
        self.name = name
        self.path = path_of(name)
        self.schema = schema
        self.raw = raw
        self.suspects = read.suspects
        self._read = read
        self._labels = labels
        self._distinct: dict[str, Set[str]] = {}

    def __len__(self) -> int:
        return self._read.count

    @cached_property
    def _columns(self) -> dict[str, list[str]]:
        return dict(zip(self.schema.columns, self._read.columns, strict=True))

    def column(self, field: str) -> list[str]:
        """The cells of a column, top to bottom."""
        return self._columns[field]

    def distinct(self, field: str) -> Set[str]:
        """The different cells of a column, without the empty one."""
        if field not in self._distinct:
            cells = set(self.column(field))
            cells.discard("")
            self._distinct[field] = cells
        return self._distinct[field]

    def row(self, at: int) -> tuple[str, ...]:
        """The cells of a row."""
        return tuple(column[at] for column in self._columns.values())

    @cached_property
    def rows(self) -> list[tuple[str, ...]]:
        """All the rows."""
        return list(zip(*self._columns.values(), strict=True))

    def keys(self) -> list[Key]:
        """The primary key of each row."""
        return list(zip(*(self.column(n) for n in self.schema.primary_key), strict=True))

    @cached_property
    def in_order(self) -> bool:
        """Whether each key comes after the one above: the lines are sorted, and no key is twice."""
        key = self.schema.primary_key
        keys: list[Any] = self.column(key[0]) if len(key) == 1 else self.keys()
        return all(map(lt, keys, islice(keys, 1, None)))

    @cached_property
    def by_key(self) -> dict[Key, int]:
        """The rows by primary key; the last of equal keys wins."""
        return {key: row for row, key in enumerate(self.keys())}

    def judge(
        self, code: str, field: str, verdict: Callable[[str], Remark | None]
    ) -> Iterator[Finding]:
        """What a check of a single cell says of a column: only the suspect rows are looked at."""
        if self.suspects:
            column = self.column(field)
            yield from self._judged(code, field, verdict, [(r, column[r]) for r in self.suspects])

    def judge_all(
        self, code: str, field: str, verdict: Callable[[str], Remark | None]
    ) -> Iterator[Finding]:
        """The same on every row, for what the grammar of a line cannot tell."""
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
        return tuple(self.column(n)[row] for n in self.schema.primary_key)

    def label(self, row: int) -> str:
        """The organisation or platform that a row is about, for people."""
        if "nom" in self.schema.columns:
            return self.column("nom")[row]
        known = ""
        if "siren" in self.schema.columns:
            known = self._labels(self.column("siren")[row])
        if not known and "identifiant" in self.schema.columns:
            known = self.column("identifiant")[row]
        return known

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
            said.fix,
            said.english,
        )

    def whole(self, code: str, said: Remark, *, line: int = 0) -> Finding:
        """A finding about the whole file."""
        return Finding(code, said.message, said.severity, self.path, line, english=said.english)
