"""Where the words of a curve stand: never on each other, nor on a point, nor outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CHARACTER, HEIGHT = 8.2, 15
"""The room of a figure in bold 13 px letters, as measured in Chromium, and of a line."""

POINT = 6
"""Half the side of the square that a point fills."""

NEAR, SIDE = 9, 10
"""Between a point and its words: over or under, beside."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Rect) -> bool:
        """Whether the two share more than a border."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Rect) -> bool:
        """Whether this one is wholly in the other."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words of some kind beside a point, ``over`` it rather than under."""

    x: float
    y: float
    text: str
    kind: str
    over: bool


@dataclass(frozen=True, slots=True)
class Words:
    """Words in their place: the middle of their base line; ``room`` is what they fill."""

    x: float
    y: float
    text: str
    kind: str
    room: Rect


Segment = tuple[float, float, float, float]


def placed(
    wanted: Sequence[Wanted],
    points: Sequence[tuple[float, float]],
    lines: Sequence[Segment],
    frame: Rect,
) -> list[Words]:
    """The words that have room, where the fewest lines cross them; the others are left out.

    The first that are asked for are the first served.
    """
    taken = [Rect(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    out: list[Words] = []
    for one in wanted:
        free = [r for r in _around(one) if r.within(frame) and not any(map(r.meets, taken))]
        if free:
            best = min(free, key=lambda room: sum(_crosses(line, room) for line in lines))
            taken.append(best)
            middle = round((best.left + best.right) / 2, 1)
            out.append(Words(middle, round(best.bottom - 3, 1), one.text, one.kind, best))
    return out


def _around(one: Wanted) -> Iterator[Rect]:
    """The places for some words, the best first."""
    wide = len(one.text) * CHARACTER
    over, under = one.y - NEAR - HEIGHT, one.y + NEAR
    rows = (over, under) if one.over else (under, over)
    middle, right, left = one.x - wide / 2, one.x + SIDE, one.x - SIDE - wide
    beside = one.y - HEIGHT / 2
    corners = [(x, row) for row in rows for x in (left, right)]
    for x, y in ((middle, rows[0]), (middle, rows[1]), (right, beside), (left, beside), *corners):
        yield Rect(x, y, x + wide, y + HEIGHT)


def _crosses(line: Segment, rect: Rect) -> bool:
    """Whether a segment enters a rectangle (Liang and Barsky, 1984)."""
    x1, y1, x2, y2 = line
    first, last = 0.0, 1.0
    for step, gap in (
        (x1 - x2, x1 - rect.left),
        (x2 - x1, rect.right - x1),
        (y1 - y2, y1 - rect.top),
        (y2 - y1, rect.bottom - y1),
    ):
        if step == 0:
            if gap < 0:
                return False
            continue
        at = gap / step
        first, last = (max(first, at), last) if step < 0 else (first, min(last, at))
        if first > last:
            return False
    return True
