"""A plain table in blocks of lines, cut into columns straight from its bytes.

A plain file (UTF-8, the exact header, no stray quote, the same number of cells on each line) is cut
at commas and line ends, a megabyte at a time: twice as fast as line by line, and the memory of one
block serves the next. Anything else is left to ``intake``, which reads with care and words what is
wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property
from typing import BinaryIO, NamedTuple

from observatoire.intake import MAX_LINE
from observatoire.schema import Schema

Columns = list[list[str]]

SIZE = 1 << 17
"""Bytes: a block and its cells stay in the cache of the processor."""
_QUOTED = re.compile(r'"([^"\n]*)"')
_AROUND = frozenset(("", ",", "\n"))
_WINDOW = MAX_LINE // 2
_COMMA = "\x1f"
"""Stands for the comma of a quoted cell while the text is cut; never in a file that is read so."""


class NotPlain(Exception):
    """The file is to be read with care."""


class Block:
    """Some whole lines of a plain file, from the row ``first`` on."""

    def __init__(self, first: int, data: bytes, width: int) -> None:
        self.first = first
        self.data = data
        self.text = text_of(data)
        self.count = self.text.count("\n")
        self._width = width

    @cached_property
    def lines(self) -> list[str]:
        """The lines as they are written."""
        return self.text.split("\n")

    @cached_property
    def columns(self) -> Columns:
        """The cells of each column; raises NotPlain when a line has another number of cells."""
        text = self.text
        if '"' in text:
            text = _QUOTED.sub(_unquoted, text)
            if '"' in text:
                raise NotPlain("a quotation mark is not at the end of its cell")
        return _cut(text, self._width, self.count)


class Span(NamedTuple):
    """A part of a file: the lines that begin from one place on, and before another, in bytes."""

    start: int
    end: int


EVERYTHING = Span(0, sys.maxsize)


def blocks(
    stream: BinaryIO, schema: Schema, span: Span = EVERYTHING
) -> Iterator[tuple[Block, int]]:
    """The blocks of a file, each with its place in bytes; raises NotPlain."""
    header = ",".join(schema.columns).encode() + b"\n"
    if stream.readline(len(header) + 1) != header:
        raise NotPlain("another header")
    row, at = 0, len(header)
    if span.start > at:
        row, at = _skipped(stream, at, span.start)
    while at < span.end and (data := stream.read(min(SIZE, span.end - at))):
        if not data.endswith(b"\n"):
            data += stream.readline(4 * MAX_LINE)
        block = Block(row, data, len(schema.columns))
        yield block, at
        row += block.count
        at += len(data)


def _skipped(stream: BinaryIO, at: int, start: int) -> tuple[int, int]:
    """The row and the place of the first line from ``start`` on."""
    row = 0
    while at < start and (data := stream.read(min(SIZE, start - at))):
        if len(data) == start - at and not data.endswith(b"\n"):
            data += stream.readline(4 * MAX_LINE)
        row += data.count(b"\n")
        at += len(data)
    return row, at


def text_of(data: bytes) -> str:
    """The text of some lines of a usual length; raises NotPlain."""
    if not data.endswith(b"\n") or any(b in data for b in (b"\r", b"\x00", b"\x1f")):
        raise NotPlain("a cut line, or a character that no table has")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise NotPlain("not UTF-8") from None
    # A line that is too long holds one of these windows without any line end.
    windows = range(0, len(text) - _WINDOW, _WINDOW)
    if not all(text.find("\n", i, i + _WINDOW) >= 0 for i in windows):
        raise NotPlain("a line of megabytes")
    return text


def _unquoted(cell: re.Match[str]) -> str:
    """The inside of a quoted cell; a quote that is not at the ends of its cell stays as it is."""
    text, start, end = cell.string, cell.start(), cell.end()
    whole = text[start - 1 : start] in _AROUND and text[end : end + 1] in _AROUND
    return cell[1].replace(",", _COMMA) if whole else cell[0]


def _cut(text: str, width: int, count: int) -> Columns:
    """The columns, by a mark at each line end: they must all come back at the same step."""
    marked = text.replace("\n", ",\n,")
    cells = marked.split(",")
    step = width + 1
    if len(cells) != count * step + 1 or cells[width::step].count("\n") != count:
        raise NotPlain("a line has another number of cells")
    cells.pop()
    cell, before, at = 0, 0, marked.find(_COMMA)
    while at >= 0:
        cell += marked.count(",", before, at)
        cells[cell] = cells[cell].replace(_COMMA, ",")
        before, at = at, marked.find(_COMMA, at + 1)
    return [cells[i::step] for i in range(width)]
