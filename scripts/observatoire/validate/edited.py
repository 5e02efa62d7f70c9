"""The lines of a table that were edited in place, found without cutting it into lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from observatoire.schema import Schema
from observatoire.validate.blocks import NotPlain

STEP = 1 << 14
"""Bytes that are compared at once."""
SEVERAL = 40
"""Words; to look for more, one by one, takes longer than to cut each line."""


class EditedLine(NamedTuple):
    """A line of which both versions stand at the same row."""

    row: int
    old: bytes
    new: bytes


class Lines:
    """The two versions of a table, each line in its place; raises NotPlain."""

    def __init__(self, old: bytes | None, new: bytes | None, schema: Schema) -> None:
        self._columns = schema.columns
        self.header = ",".join(schema.columns).encode() + b"\n"
        if not (_whole(old, self.header) and _whole(new, self.header)):
            raise NotPlain("another header, or a cut line")
        self.old, self.new = old or b"", new or b""

    def edited(self, few: int) -> list[EditedLine]:
        """The edited lines, fewer than ``few``; raises NotPlain when lines come or go."""
        out = []
        for edit in _edits(self.old, self.new, len(self.header)):
            out.append(edit)
            if len(out) >= few:
                raise NotPlain("more than a few lines edited in place")
        return out

    def matching(self, pattern: bytes) -> list[re.Match[bytes]]:
        """The lines after that begin as a pattern says."""
        # A line end to look for is found at once; a line start would be tried at each byte.
        return list(re.compile(b"\n" + pattern).finditer(self.new, len(self.header) - 1))

    def numbered(self, places: Iterable[int]) -> dict[int, bytes]:
        """The lines after that hold some places, by row; none for the header."""
        out: dict[int, bytes] = {}
        row, at = 0, len(self.header)
        for place in sorted(p for p in places if p >= at):
            row += self.new.count(b"\n", at, place)
            start = self.new.rfind(b"\n", 0, place) + 1
            at = place
            out[row] = self.new[start : self.new.index(b"\n", place)]
        return out

    def holding(self, column: str, cells: set[bytes]) -> dict[int, bytes]:
        """The lines after, in a canonical table, that have one of some keys in a column."""
        at = self._columns.index(column)
        if len(cells) > SEVERAL:
            lines = self.new[len(self.header) :].split(b"\n")[:-1]
            return {row: x for row, x in enumerate(lines) if x.split(b",", at + 1)[at] in cells}
        before = b"," if at else b"\n"
        found = (self.new.find(before + cell + b",") for cell in cells)
        return self.numbered(place + 1 for place in found if place >= 0)


def _whole(data: bytes | None, header: bytes) -> bool:
    return (
        data is not None and data.startswith(header) and data.endswith(b"\n") and b"\r" not in data
    )


def _edits(old: bytes, new: bytes, start: int) -> Iterator[EditedLine]:
    """The lines that differ, after what two versions begin with; raises NotPlain."""
    one = other = start
    row = 0
    while True:
        while (same := old[one : one + STEP]) and new.startswith(same, other):
            one, other, row = one + len(same), other + len(same), row + same.count(b"\n")
        back = one - old.rfind(b"\n", 0, one) - 1
        one, other = one - back, other - back
        if one == len(old) and other == len(new):
            return
        edit, one, other = _first(old, new, row, one, other)
        yield edit
        row = edit.row + 1


def _first(old: bytes, new: bytes, row: int, one: int, other: int) -> tuple[EditedLine, int, int]:
    """The first line that differs from two line starts on, and the starts of the next lines."""
    while one < len(old) and other < len(new):
        ends = old.index(b"\n", one), new.index(b"\n", other)
        edit = EditedLine(row, old[one : ends[0]], new[other : ends[1]])
        one, other, row = ends[0] + 1, ends[1] + 1, row + 1
        if edit.old != edit.new:
            return edit, one, other
    raise NotPlain("lines come or go")
