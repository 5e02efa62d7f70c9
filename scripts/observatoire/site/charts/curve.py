"""A figure through time: one line per series, told apart by the shape of its points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from observatoire.site.charts import scale
from observatoire.site.charts.marks import ROUND, SQUARE, Drawing, Line, Mark, Point, Words

TALL, ABOVE, UNDER, ENTRY = 200.0, 26.0, 26.0, 22.0
LEFT, RIGHT = 0.1, 0.95
"""Where the scale of time begins and ends."""

CLOSE = 0.09
"""Two labels nearer than that would cover each other on a telephone."""

LOOKS = ((ROUND, "trait"), (SQUARE, "tirets"), (SQUARE, "trait"), (ROUND, "tirets"))
"""The point and the line of each series."""

OVER, BENEATH = -10, 20
"""Where a value stands beside its point."""


Place = tuple[float, float]
"""Across and down."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A value at a moment (a year with its fraction), in words and with a title."""

    when: float
    value: float
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A line of the chart, its stops in order of time."""

    name: str
    stops: tuple[Stop, ...]


def draw(series: Sequence[Series]) -> Drawing:
    """The lines over years; the vertical scale starts from zero."""
    stops = [stop for s in series for stop in s.stops]
    if not stops:
        return Drawing(0, ())
    first, last = int(min(s.when for s in stops)), ceil(max(s.when for s in stops))
    high = scale.top([s.value for s in stops])

    def place(stop: Stop) -> Place:
        across = LEFT + (RIGHT - LEFT) * (stop.when - first) / max(last - first, 1)
        return across, ABOVE + TALL * (1 - stop.value / high)

    marks = [*_grid(high), *_years(first, last)]
    drawn = [[place(s) for s in one.stops] for one in series]
    for rank, one in enumerate(series):
        others = [at for other in drawn if other is not drawn[rank] for at in other]
        marks += _line(rank, one, drawn[rank], others)
    y = ABOVE + TALL + UNDER
    for rank, one in enumerate(series):
        marks += _entry(rank, one.name, y + ENTRY * rank)
    return Drawing(y + ENTRY * len(series), tuple(marks))


def _grid(high: float) -> Iterator[Mark]:
    size = scale.step(high, 4)
    for rank in range(round(high / size) + 1):
        y = ABOVE + TALL * (1 - rank * size / high)
        yield Line(0, y, 1, y)
        text = f"{rank * size:,.10g}".replace(",", "\u202f").replace(".", ",")
        yield Words(0, y - 3, text, look="axe")


def _years(first: int, last: int) -> Iterator[Mark]:
    every = max(1, ceil((last - first) / 6))
    for year in range(first, last, every):
        x = LEFT + (RIGHT - LEFT) * (year - first + 0.5) / max(last - first, 1)
        yield Words(x, ABOVE + TALL + 18, str(year), anchor="middle", look="axe")


def _line(
    rank: int, one: Series, places: Sequence[Place], others: Sequence[Place]
) -> Iterator[Mark]:
    shape, look = LOOKS[rank % len(LOOKS)]
    for (x1, y1), (x2, y2) in pairwise(places):
        yield Line(x1, y1, x2, y2, look)
    told = spaced([x for x, _ in places])
    for at, (stop, (x, y)) in enumerate(zip(one.stops, places, strict=True)):
        yield Point(x, y, shape, stop.title)
        if at in told:
            beside = y + side((x, y), others)
            yield Words(x, beside, stop.text, anchor="middle", look="halo")


def side(place: Place, others: Sequence[Place]) -> int:
    """Over its point, unless a higher point of another series is near."""
    x, y = place
    return BENEATH if any(abs(x - a) < CLOSE and b < y for a, b in others) else OVER


def spaced(places: Sequence[float]) -> set[int]:
    """Which labels are written: the last, then, going back, each that leaves room."""
    kept: set[int] = set()
    bound = 2.0
    for rank in range(len(places) - 1, -1, -1):
        if places[rank] <= bound - CLOSE:
            kept.add(rank)
            bound = places[rank]
    return kept


def _entry(rank: int, name: str, y: float) -> Iterator[Mark]:
    shape, look = LOOKS[rank % len(LOOKS)]
    yield Line(0, y + 7, 0.06, y + 7, look)
    yield Point(0.03, y + 7, shape)
    yield Words(0.06, y + 12, name, shift=8)
