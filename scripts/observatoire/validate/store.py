"""Where the rows of a table under examination come from: its file again, or memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, Protocol

from observatoire.files import Files, opened
from observatoire.schema import Schema
from observatoire.table import line
from observatoire.validate.blocks import Block, Columns
from observatoire.validate.survey import Seen, Survey, feed
from observatoire.validate.watch import Watch

Rows = tuple[int, Columns]
"""The first row of a block, and the cells of its columns."""


class Store(Protocol):
    """A table that was read."""

    @property
    def plain(self) -> bool:
        """Whether its file is plain: nothing to say of its header, line ends or encoding."""
        ...

    @property
    def count(self) -> int:
        """How many rows."""
        ...

    @property
    def suspects(self) -> Sequence[int]:
        """The rows worth a closer look."""
        ...

    @property
    def seen(self) -> Seen:
        """What was watched while it was read."""
        ...

    def blocks(self) -> Iterator[Rows]:
        """All the rows, a block at a time."""
        ...

    def holding(self, row: int) -> Rows:
        """The block that holds a row."""
        ...

    def text(self, row: int) -> str:
        """A line as it is written."""
        ...

    def lines(self) -> list[str]:
        """All the lines as they are written."""
        ...


class Plain:
    """A plain file: only its survey is kept, and the last block that was asked for."""

    plain = True

    def __init__(self, files: Files, path: str, schema: Schema, survey: Survey) -> None:
        self._files = files
        self._path = path
        self._width = len(schema.columns)
        self._marks = survey.marks
        self._last: Block | None = None
        self.count = survey.count
        self.suspects = survey.suspects
        self.seen = survey.seen

    def blocks(self) -> Iterator[Rows]:
        """All the rows, a block at a time."""
        for first, at, size in self._marks:
            block = self._block(first, at, size)
            yield first, block.columns

    def holding(self, row: int) -> Rows:
        """The block that holds a row."""
        block = self._around(row)
        return block.first, block.columns

    def text(self, row: int) -> str:
        """A line as it is written."""
        block = self._around(row)
        return block.lines[row - block.first]

    def lines(self) -> list[str]:
        """All the lines as they are written."""
        blocks = (self._block(*mark).lines[:-1] for mark in self._marks)
        return list(chain.from_iterable(blocks))

    def _around(self, row: int) -> Block:
        return self._block(*self._marks[bisect_right(self._marks, row, key=_first) - 1])

    def _block(self, first: int, at: int, size: int) -> Block:
        if self._last is None or self._last.first != first:
            stream = opened(self._files, self._path)
            if stream is None:
                raise FileNotFoundError(self._path)
            with stream:
                stream.seek(at)
                self._last = Block(first, stream.read(size), self._width)
        return self._last


def _first(mark: tuple[int, int, int]) -> int:
    return mark[0]


class Careful:
    """A table that was read line by line: nothing is known of them, all are suspect."""

    plain = False

    def __init__(self, rows: Sequence[tuple[str, ...]], width: int) -> None:
        self._columns = [[row[i] for row in rows] for i in range(width)]
        self.count = len(rows)
        self.suspects = range(self.count)
        self.seen: Seen = {}

    def blocks(self) -> Iterator[Rows]:
        """All the rows at once."""
        yield 0, self._columns

    def holding(self, _: int) -> Rows:
        """All the rows."""
        return 0, self._columns

    def text(self, row: int) -> str:
        """A line as it would be written."""
        return line([column[row] for column in self._columns])

    def lines(self) -> list[str]:
        """All the lines as they would be written."""
        return list(map(line, zip(*self._columns, strict=True)))


def watched(store: Store, schema: Schema, watch: Watch[Any]) -> Any:
    """What a watch sees, by a reading of its own when nobody announced it."""
    if watch not in store.seen:
        watcher = watch.start()
        for first, columns in store.blocks():
            feed((watcher,), first, schema, columns)
        store.seen[watch] = watcher.result()
    return store.seen[watch]
