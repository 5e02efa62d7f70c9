"""Where the words of a curve stand: never on each other, nor on a point, nor outside.

A drawing is as wide as its place: across, a thing is at a fraction of the width, then some pixels
aside. Whatever is apart on the narrowest and on the widest screen, on the same side, is apart on
all those between: what separates two things grows or shrinks in a straight line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NARROW, WIDE = 300.0, 1000.0
"""The widths of drawings that are promised, in pixels."""

CHARACTER, HEIGHT = 8.4, 15
"""The room of a figure in bold 14 px letters, as measured in Chromium, and of a line."""

POINT = 6
"""Half the side of the square that a point fills."""

NEAR, ASIDE = 7, 10
"""Between a point and its words: over or under, beside."""

FARTHER = 0.6
"""What a place that is less looked for costs, where a line through the words costs one."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a thing fills: around ``x`` of the width, from ``left`` to ``right`` pixels."""

    x: float
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Room) -> bool:
        """Whether the two share more than a border on some screen."""
        if self.bottom <= other.top or other.bottom <= self.top:
            return False
        before = all(self.at(w)[1] <= other.at(w)[0] for w in (NARROW, WIDE))
        after = all(other.at(w)[1] <= self.at(w)[0] for w in (NARROW, WIDE))
        return not (before or after)

    def at(self, width: float) -> tuple[float, float]:
        """From where to where it goes in a drawing of that width."""
        return self.x * width + self.left, self.x * width + self.right

    def within(self, top: float, bottom: float) -> bool:
        """Whether it never leaves the drawing, nor these heights."""
        if self.top < top or self.bottom > bottom:
            return False
        return all(self.at(w)[0] >= 0 and self.at(w)[1] <= w for w in (NARROW, WIDE))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words beside a point, ``over`` it rather than under."""

    x: float
    y: float
    text: str
    over: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Words in their place: their middle is ``shift`` pixels from ``x``, their base at ``y``."""

    x: float
    shift: float
    y: float
    text: str


Segment = tuple[float, float, float, float]


def point(x: float, y: float) -> Room:
    """What a point fills."""
    return Room(x, -POINT, POINT, y - POINT, y + POINT)


def placed(
    wanted: Sequence[Wanted],
    taken: Sequence[Room],
    lines: Sequence[Segment],
    heights: tuple[float, float],
) -> list[Placed]:
    """The words that have room, where few lines cross them; the others are left out.

    The first that are asked for are the first served.
    """
    full, out = list(taken), list[Placed]()
    for one in wanted:
        free = [
            (FARTHER * rank + sum(_crosses(line, room) for line in lines), room)
            for rank, room in enumerate(_around(one))
            if room.within(*heights) and not any(map(room.meets, full))
        ]
        if free:
            _, best = min(free, key=lambda found: found[0])
            full.append(best)
            shift = (best.left + best.right) / 2
            out.append(Placed(one.x, shift, best.bottom - 3, one.text))
    return out


def _around(one: Wanted) -> Iterator[Room]:
    """The places for some words, the best first."""
    half = len(one.text) * CHARACTER / 2
    over, under = one.y - NEAR - HEIGHT, one.y + NEAR
    rows = (over, under) if one.over else (under, over)
    beside = one.y - HEIGHT / 2
    middle, right, left = 0.0, ASIDE + half, -ASIDE - half
    corners = [(shift, row) for row in rows for shift in (left, right)]
    around = [(middle, rows[0]), (middle, rows[1]), (right, beside), (left, beside), *corners]
    for shift, y in around:
        yield Room(one.x, shift - half, shift + half, y, y + HEIGHT)


def _crosses(line: Segment, room: Room) -> bool:
    """Whether a segment enters a room, on the narrowest screen (Liang and Barsky, 1984)."""
    x1, y1, x2, y2 = line[0] * NARROW, line[1], line[2] * NARROW, line[3]
    left, right = room.at(NARROW)
    first, last = 0.0, 1.0
    for step, gap in (
        (x1 - x2, x1 - left),
        (x2 - x1, right - x1),
        (y1 - y2, y1 - room.top),
        (y2 - y1, room.bottom - y1),
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
