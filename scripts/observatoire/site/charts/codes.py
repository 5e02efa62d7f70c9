"""A territory is its code, set above the value it has: how a hundred départements spread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from observatoire.site.charts import scale
from observatoire.site.charts.marks import Drawing, Line, Mark, Words

BINS = 8
ACROSS = 2
"""Codes side by side in a bin: three characters each fit on a telephone."""

LINE, UNDER = 15, 40


@dataclass(frozen=True, slots=True)
class Place:
    """A territory: its code, its value, the words that a pointer shows."""

    code: str
    value: float
    title: str


def draw(places: Sequence[Place], unit: str, limit: float = 0) -> Drawing:
    """Bins of equal width from zero to the greatest value, or to ``limit``; a bin has its end."""
    size = scale.step(limit or max((p.value for p in places), default=0), BINS)
    bins: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        bins[bin_of(place.value, size)].append(place)
    rows = max((ceil(len(found) / ACROSS) for found in bins.values()), default=0)
    base = LINE * rows + 6.0
    marks: list[Mark] = [Line(0, base, 1, base, "trait")]
    for rank in range(BINS + 1):
        marks += _bin(rank, sorted(bins[rank], key=lambda p: p.code, reverse=True), base)
        marks += _label(rank, size, base)
    marks.append(Words(0.5, base + UNDER - 4, unit, anchor="middle", look="axe"))
    return Drawing(base + UNDER, tuple(marks))


def bin_of(value: float, size: float) -> int:
    """0 holds zero alone; then (0, size], (size, 2 size]..."""
    return min(ceil(round(value / size, 9)), BINS)


def _bin(rank: int, found: Sequence[Place], base: float) -> Iterator[Mark]:
    width = 1 / (BINS + 1)
    for at, place in enumerate(found):
        row, column = divmod(at, ACROSS)
        x = width * (rank + (column + 0.5) / ACROSS)
        y = base - 5 - LINE * row
        yield Words(x, y, place.code, anchor="middle", look="code", title=place.title)


def _label(rank: int, size: float, base: float) -> Iterator[Mark]:
    width = 1 / (BINS + 1)
    if rank:
        yield Line(width * rank, base, width * rank, base + 5, "trait")
    low, high = _short(size * (rank - 1)), _short(size * rank)
    text = f"{low}–{high}" if rank else "0"
    yield Words(width * (rank + 0.5), base + 18, text, anchor="middle", look="axe")


def _short(value: float) -> str:
    return f"{value:g}".replace(".", ",")
