"""A territory is its code, set above the value it has: how a hundred départements spread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from observatoire.site.charts import scale
from observatoire.site.charts.marks import Drawing, Line, Mark, Words
from observatoire.site.charts.scale import folded

BINS = 8
ACROSS = 2
"""Codes side by side in a bin: three characters each fit on a telephone."""

LINE, LABEL, UNIT = 15, 14, 22
NARROW = 7
"""Characters that fit under a bin on a telephone."""


@dataclass(frozen=True, slots=True)
class Place:
    """A territory: its code, its value, the words that a pointer shows."""

    code: str
    value: float
    title: str


def draw(places: Sequence[Place], unit: str) -> Drawing:
    """Bins of equal width around zero, which has its own; a bin has its end."""
    values = [0.0, *(p.value for p in places)]
    size = scale.step(max(values) - min(values), BINS)
    bins: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        bins[bin_of(place.value, size)].append(place)
    ranks = range(min(0, *bins), max(0, *bins) + 1) if bins else range(0)
    rows = max((ceil(len(found) / ACROSS) for found in bins.values()), default=0)
    base = LINE * rows + 6.0
    labels = [folded(named(rank, size), NARROW) for rank in ranks]
    marks: list[Mark] = [Line(0, base, 1, base, "trait")]
    for at, rank in enumerate(ranks):
        x, width = at / len(ranks), 1 / len(ranks)
        marks += [Line(x, base, x, base + 5, "trait")] if at else []
        marks += _bin(x, width, sorted(bins[rank], key=lambda p: p.code, reverse=True), base)
        for line, text in enumerate(labels[at]):
            y = base + 18 + LABEL * line
            marks.append(Words(x + width / 2, y, text, anchor="middle", look="axe"))
    under = base + 18 + LABEL * max((len(lines) for lines in labels), default=0)
    marks.append(Words(0.5, under + 4, unit, anchor="middle", look="axe"))
    return Drawing(under + UNIT - 10, tuple(sorted(marks, key=_layer)))


def bin_of(value: float, size: float) -> int:
    """0 holds zero alone; then (0, size], (size, 2 size]...; the same below zero."""
    rank = ceil(round(abs(value) / size, 9))
    return rank if value > 0 else -rank


def named(rank: int, size: float) -> str:
    """What a bin holds, in words."""
    near, far = _short(size * (abs(rank) - 1)), _short(size * abs(rank))
    if not rank:
        return "0"
    return f"{near}–{far}" if rank > 0 else f"−{far} à {'−' if near != '0' else ''}{near}"


def _bin(x: float, width: float, found: Sequence[Place], base: float) -> Iterator[Mark]:
    for at, place in enumerate(found):
        row, column = divmod(at, ACROSS)
        across = x + width * (column + 0.5) / ACROSS
        y = base - 5 - LINE * row
        yield Words(across, y, place.code, anchor="middle", look="code", title=place.title)


def _layer(mark: Mark) -> int:
    """Marks of one look follow each other, and say it once."""
    if isinstance(mark, Words):
        return 2 if mark.look == "axe" else 1
    return 0


def _short(value: float) -> str:
    return f"{value:g}".replace(".", ",")
