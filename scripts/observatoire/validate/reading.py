"""A table as columns, with the lines that are worth a closer look, straight from its bytes.

A plain file (no stray quote, same number of cells on each line) is cut whole at commas and line
ends, twice as fast as line by line, and only when a check asks for a column. Anything else is left
to ``intake``, which reads with care and words what is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from observatoire.intake import MAX_LINE
from observatoire.schema import Schema
from observatoire.validate.grammar import WORDS, sound_lines

Columns = list[list[str]]

_QUOTED = re.compile(r'"([^"\n]*)"')
_AROUND = frozenset(("", ",", "\n"))
_WINDOW = MAX_LINE // 2
_COMMA = "\x1f"
"""Stands for the comma of a quoted cell while the text is cut; never in a file that is read so."""


class Plain:
    """A plain file: its number of lines, its suspect rows, and its columns when asked for."""

    def __init__(self, body: str, width: int, suspects: Sequence[int]) -> None:
        self._body = body
        self._width = width
        self.count = body.count("\n")
        self.suspects = suspects

    @cached_property
    def columns(self) -> Columns:
        """The cells of each column; raises ValueError when a line has another number of cells."""
        body = self._body
        quoted = '"' in body
        if quoted:
            body = _QUOTED.sub(_unquoted, body)
            if '"' in body:
                raise ValueError("a quotation mark is not at the end of its cell")
        columns = _cut(body, self._width, self.count)
        return [_with_commas(c) for c in columns] if quoted else columns


def plain(data: bytes, schema: Schema, today: date) -> Plain | None:
    """A plain file whose header is exactly that of the schema; None for any other file."""
    body = _body(data, schema)
    if body is None:
        return None
    read = Plain(body, len(schema.columns), sorted(_suspects(data, body, schema, today)))
    if read.suspects:
        try:
            read.columns  # noqa: B018 - a line that does not fit may be badly cut
        except ValueError:
            return None
    return read


def _body(data: bytes, schema: Schema) -> str | None:
    """The text under the expected header, in lines of a usual length."""
    if not data.endswith(b"\n") or data.find(b"\n", 0, MAX_LINE) < 0:
        return None
    if any(b in data for b in (b"\r", b"\x00", b"\x1f")):
        return None
    try:
        header, _, body = data.decode().partition("\n")
    except UnicodeDecodeError:
        return None
    # A line that is too long holds one of these windows without any line end.
    windows = range(0, len(body) - _WINDOW, _WINDOW)
    usual = all(body.find("\n", i, i + _WINDOW) >= 0 for i in windows)
    return body if usual and header == ",".join(schema.columns) else None


def _suspects(data: bytes, body: str, schema: Schema, today: date) -> set[int]:
    """The rows that do not fit the grammar, or have a word that an address should not have."""
    out = set(_misfits(body, sound_lines(schema, today)))
    lower = data.lower() if any(f.name.startswith("url") for f in schema.fields) else b""
    found = sorted(at for word in WORDS for at in _places(lower, word))
    if found:
        ends = list(_places(lower, b"\n"))
        out |= {bisect_left(ends, at) - 1 for at in found} - {-1}
    return out


def _misfits(body: str, sound: re.Pattern[str]) -> Iterator[int]:
    at = row = 0
    while True:
        fit = sound.match(body, at)
        end = fit.end() if fit else at
        row += body.count("\n", at, end)
        if end == len(body):
            return
        yield row
        row += 1
        at = body.index("\n", end) + 1


def _places(data: bytes, word: bytes) -> Iterator[int]:
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + 1)


def _unquoted(cell: re.Match[str]) -> str:
    """The inside of a quoted cell; a quote that is not at the ends of its cell stays as it is."""
    text, start, end = cell.string, cell.start(), cell.end()
    whole = text[start - 1 : start] in _AROUND and text[end : end + 1] in _AROUND
    return cell[1].replace(",", _COMMA) if whole else cell[0]


def _with_commas(column: list[str]) -> list[str]:
    return [c.replace(_COMMA, ",") if _COMMA in c else c for c in column]


def _cut(body: str, width: int, count: int) -> Columns:
    """The columns, by a mark at each line end: they must all come back at the same step."""
    cells = body.replace("\n", ",\n,").split(",")
    step = width + 1
    if len(cells) != count * step + 1 or cells[width::step].count("\n") != count:
        raise ValueError("a line has another number of cells")
    cells.pop()
    return [cells[i::step] for i in range(width)]
