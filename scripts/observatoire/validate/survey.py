"""One reading of a plain table: its suspect lines, and what the checks watch in its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, BinaryIO

from observatoire.schema import Schema
from observatoire.validate.blocks import Block, NotPlain, blocks
from observatoire.validate.grammar import BEFORE_WORDS, WORDS, sound_lines, unusual
from observatoire.validate.watch import Watch, Watcher

Seen = dict[Watch[Any], Any]


class Survey:
    """What is kept of a table: how many rows, which are suspect, where its blocks are.

    ``marks`` are the first row, the place and the size in bytes of each block.
    """

    def __init__(
        self, count: int, suspects: list[int], marks: list[tuple[int, int, int]], seen: Seen
    ) -> None:
        self.count = count
        self.suspects = suspects
        self.marks = marks
        self.seen = seen


def survey(
    stream: BinaryIO, schema: Schema, today: date, watches: Iterable[Watch[Any]]
) -> Survey | None:
    """The survey of a plain file whose header is exactly that of the schema; None for another."""
    watchers = {watch: watch.start() for watch in watches}
    suspects: list[int] = []
    marks: list[tuple[int, int, int]] = []
    count = 0
    try:
        for block, at in blocks(stream, schema):
            suspects += sorted(_suspects(block, schema, today))
            feed(watchers.values(), block.first, schema, block.columns)
            marks.append((block.first, at, len(block.data)))
            count += block.count
    except NotPlain:
        return None
    return Survey(count, suspects, marks, {w: x.result() for w, x in watchers.items()})


def feed(
    watchers: Iterable[Watcher[Any]], first: int, schema: Schema, columns: list[list[str]]
) -> None:
    """Show a block to some watchers."""
    cells = dict(zip(schema.columns, columns, strict=True))
    for watcher in watchers:
        watcher.feed(first, cells)


def _suspects(block: Block, schema: Schema, today: date) -> set[int]:
    """The rows that do not fit the grammar, or have a word that an address should not have."""
    out = set(_misfits(block, schema, today))
    found = [at for char in unusual(block.data) for at in _places(block.data, char.encode())]
    urls = any(f.name.startswith("url") for f in schema.fields)
    if urls and any(mark in block.data for mark in BEFORE_WORDS):
        lower = block.data.lower()
        found += [at for word in WORDS for at in _places(lower, word)]
    return out | {block.first + block.data.count(b"\n", 0, at) for at in found}


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


def _places(text: bytes, word: bytes) -> Iterator[int]:
    """Where a word stands, once by line."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, text.index(b"\n", at))
