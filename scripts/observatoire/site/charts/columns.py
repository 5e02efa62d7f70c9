"""A histogram: columns that touch each other, in the order of their brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.site.charts.bars import Bar
from observatoire.site.charts.marks import FULL, Box, Drawing, Line, Mark, Words
from observatoire.site.charts.scale import folded

TALL, ABOVE, LINE = 180.0, 20.0, 15
NARROW = 8
"""Characters that fit under a column on a telephone."""


def draw(bars: Sequence[Bar]) -> Drawing:
    """The columns, the value over each, its bracket underneath."""
    most = max((b.value or 0 for b in bars), default=0) or 1
    width = 1 / max(len(bars), 1)
    under = max((len(folded(b.name, NARROW)) for b in bars), default=0)
    marks: list[Mark] = []
    for rank, bar in enumerate(bars):
        marks += _column(bar, rank * width, width, TALL * (bar.value or 0) / most)
    marks.append(Line(0, ABOVE + TALL, 1, ABOVE + TALL, "trait"))
    return Drawing(ABOVE + TALL + LINE * under + 8, tuple(marks))


def _column(bar: Bar, x: float, width: float, height: float) -> Iterator[Mark]:
    base = ABOVE + TALL
    yield Box(x + width * 0.04, base - height, width * 0.92, height, FULL)
    middle = x + width / 2
    yield Words(middle, base - height - 5, bar.text, anchor="middle", look="fort")
    for rank, line in enumerate(folded(bar.name, NARROW)):
        yield Words(middle, base + LINE * (rank + 1), line, anchor="middle", look="axe")
