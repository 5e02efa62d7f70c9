"""Two sorted files walked side by side: what they share is compared by blocks, never by lines.

Measured at 36,000 lines with 300 that differ: a fifth of the time of two sets of lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from observatoire.history.line import cells

FIRST, LEAST = 256, 16
"""The first block, and the smallest, in bytes."""
SHARE = 2000
"""A line in so many bytes may differ: beyond, the files are not in the same order, or not alike."""


class Walk:
    """The lines of two files that differ, as the places where they start in each.

    ``lost`` once too many differ: what was found is then worth nothing.
    """

    def __init__(self, old: bytes, new: bytes, start: int) -> None:
        """``start`` is where the lines begin in both, after the same header."""
        self.old, self.new, self.start = old, new, start
        self.gone: list[int] = []
        self.came: list[int] = []
        self.lost = False
        self._walk((len(old) + len(new)) // SHARE)

    def _walk(self, most: int) -> None:
        old, new, i, j = self.old, self.new, self.start, self.start
        while not self.lost:
            i, j = _together(old, i, new, j)
            if i == len(old) and j == len(new):
                return
            one, other = _first(old, i), _first(new, j)
            before, after = one is not None, other is not None
            if one is not None and other is not None:
                before, after = one <= other, other <= one
            if before:
                self.gone.append(i)
                i = old.index(b"\n", i) + 1
            if after:
                self.came.append(j)
                j = new.index(b"\n", j) + 1
            self.lost = len(self.gone) + len(self.came) > most

    def in_order(self, key: Sequence[int]) -> bool:
        """Whether each line that differs stands between a lower key and a higher one.

        If not, a key may stand twice without anybody seeing it here.
        """
        sides = ((self.old, self.gone), (self.new, self.came))
        return all(
            _sorted([_key(line, key) for line in _around(data, start, self.start)])
            for data, starts in sides
            for start in starts
        )

    def lines(self) -> tuple[list[bytes], list[bytes]]:
        """The lines of each side."""
        return [_line(self.old, i) for i in self.gone], [_line(self.new, j) for j in self.came]


def _together(old: bytes, i: int, new: bytes, j: int) -> tuple[int, int]:
    """Where the first line that differs starts, from two starts of lines; both ends if none."""
    step = FIRST
    while old[i : i + step] == new[j : j + step]:
        if i + step >= len(old):
            return len(old), len(new)
        i, j, step = i + step, j + step, 2 * step
    while step > LEAST:
        step //= 2
        if old[i : i + step] == new[j : j + step]:
            i, j = i + step, j + step
    back = i - old.rfind(b"\n", 0, i) - 1
    return i - back, j - back


def _first(data: bytes, start: int) -> bytes | None:
    """The first cell of the line that starts there, to tell which side is ahead; None at the end.

    A wrong answer, because of quotes, makes more lines differ and no difference wrong.
    """
    return _line(data, start).partition(b",")[0] if start < len(data) else None


def _line(data: bytes, start: int) -> bytes:
    return data[start : data.index(b"\n", start)]


def _around(data: bytes, start: int, first: int) -> Iterator[bytes]:
    """A line between the one before and the one after."""
    if start > first:
        yield data[data.rfind(b"\n", 0, start - 1) + 1 : start - 1]
    line = _line(data, start)
    yield line
    after = start + len(line) + 1
    if after < len(data):
        yield _line(data, after)


def _key(line: bytes, positions: Sequence[int]) -> tuple[str, ...]:
    """The cells of the key; those after the last of them are not cut."""
    row = cells(line, max(positions) + 1)
    return tuple(row[at] if at < len(row) else "" for at in positions)


def _sorted(found: list[tuple[str, ...]]) -> bool:
    return all(one < other for one, other in pairwise(found))
