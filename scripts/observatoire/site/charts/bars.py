"""Horizontal bars, each under its name, with its value and what it is counted among."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire.site.charts import scale
from observatoire.site.charts.marks import BACK, FULL, Box, Drawing, Line, Mark, Words

TEXT = 18
"""The height of a line of words."""

THICK, GAP = 12, 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A value in words and in figures; ``value`` None: nothing is known."""

    name: str
    value: float | None
    text: str
    ratio: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A line drawn before the bar of rank ``before``, with its words."""

    before: int
    text: str


def draw(bars: Sequence[Bar], limit: float = 0, cut: Cut | None = None) -> Drawing:
    """The bars from top to bottom; ``limit`` is the end of the scale (0: the greatest value).

    Values under zero go left of a common origin.
    """
    known = [b.value for b in bars if b.value is not None]
    low, high = min([0.0, *known]), limit or max([0.0, *known]) or 1.0
    marks: list[Mark] = []
    y = 0.0
    for rank, bar in enumerate(bars):
        if cut and cut.before == rank:
            marks += _cut(cut, y)
            y += TEXT + GAP
        marks += _row(bar, y, low, high)
        y += TEXT * len(_lines(bar)) + THICK + GAP
    return Drawing(y - GAP + 2 if bars else 0, tuple(sorted(marks, key=_layer)))


def _row(bar: Bar, y: float, low: float, high: float) -> Iterator[Mark]:
    lines = _lines(bar)
    for rank, line in enumerate(lines):
        yield Words(0, y + TEXT * rank + 13, line)
    yield Words(1, y + TEXT * (len(lines) - 1) + 13, _told(bar), anchor="end", look="fort")
    at = y + TEXT * len(lines)
    yield Box(0, at, 1, THICK, BACK)
    if bar.value is None:
        return
    origin, extent = -low / (high - low), abs(bar.value) / (high - low)
    yield Box(origin if bar.value >= 0 else origin - extent, at, min(extent, 1.0), THICK, FULL)
    if low < 0:
        yield Line(origin, at - 2, origin, at + THICK + 2, "trait")


def _layer(mark: Mark) -> int:
    """From back to front; marks of one look follow each other, and say it once."""
    if isinstance(mark, Words):
        return 4 if mark.look else 3
    return (mark.fill == FULL) if isinstance(mark, Box) else 2


def _told(bar: Bar) -> str:
    return f"{bar.text} ({bar.ratio})" if bar.ratio else bar.text


def _lines(bar: Bar) -> list[str]:
    """The name, then an empty line when the value has no room beside it."""
    told = _told(bar)
    if len(bar.name) + len(told) < scale.WIDTH:
        return [bar.name]
    lines = scale.folded(bar.name)
    return lines if len(lines[-1]) + len(told) < scale.WIDTH else [*lines, ""]


def _cut(cut: Cut, y: float) -> Iterator[Mark]:
    yield Line(0, y + 6, 1, y + 6, "seuil")
    yield Words(0, y + TEXT + 4, cut.text, look="axe")
