"""One reading of a plain table: its suspect lines, and what the checks watch in its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, BinaryIO

from observatoire.schema import Schema
from observatoire.validate.blocks import EVERYTHING, Block, NotPlain, Span, blocks
from observatoire.validate.grammar import endless, sound_lines, unusual
from observatoire.validate.watch import Watch, Watcher

Seen = dict[Watch[Any], Any]


class Survey:
    """What is kept of a table: how many rows, which are suspect, where its blocks are.

    ``marks`` are the first row, the place and the size in bytes of each block. A survey of a part
    of a table goes on with that of the next one.
    """

    def __init__(self, watches: Iterable[Watch[Any]]) -> None:
        self.count = 0
        self.suspects: list[int] = []
        self.marks: list[tuple[int, int, int]] = []
        self.watchers: dict[Watch[Any], Watcher[Any]] = {w: w.start() for w in watches}

    @property
    def seen(self) -> Seen:
        """What was watched in the end."""
        return {watch: watcher.result() for watch, watcher in self.watchers.items()}

    def see(self, block: Block, at: int, schema: Schema, today: date) -> None:
        """The next block, which stands at a place of the file."""
        columns = block.columns  # raises NotPlain: the grammar counts on their number
        self.suspects += sorted(_suspects(block, schema, today))
        feed(self.watchers.values(), block.first, schema, columns)
        self.marks.append((block.first, at, len(block.data)))
        self.count += block.count

    def join(self, other: Survey) -> None:
        """Go on with the survey of the next part."""
        self.count += other.count
        self.suspects += other.suspects
        self.marks += other.marks
        for watch, watcher in self.watchers.items():
            watcher.join(other.watchers[watch])


def survey(
    stream: BinaryIO,
    schema: Schema,
    today: date,
    watches: Iterable[Watch[Any]],
    span: Span = EVERYTHING,
) -> Survey | None:
    """The survey of a plain file whose header is exactly that of the schema; None for another."""
    made = Survey(watches)
    try:
        for block, at in blocks(stream, schema, span):
            made.see(block, at, schema, today)
    except NotPlain:
        return None
    return made


def feed(
    watchers: Iterable[Watcher[Any]], first: int, schema: Schema, columns: list[list[str]]
) -> None:
    """Show a block to some watchers."""
    cells = dict(zip(schema.columns, columns, strict=True))
    for watcher in watchers:
        watcher.feed(first, cells)


def _suspects(block: Block, schema: Schema, today: date) -> set[int]:
    """The rows that do not fit the grammar, or hold unusual characters."""
    places = chain(unusual(block.data), endless(block.data))
    odd = {block.first + block.data.count(b"\n", 0, at) for at in places}
    return odd.union(_misfits(block, schema, today))


def _misfits(block: Block, schema: Schema, today: date) -> Iterator[int]:
    sound, text = sound_lines(schema, today), block.text
    at, row = 0, block.first
    while True:
        fit = sound.match(text, at)
        end = fit.end() if fit else at
        row += text.count("\n", at, end)
        if end == len(text):
            return
        yield row
        row += 1
        at = text.index("\n", end) + 1
