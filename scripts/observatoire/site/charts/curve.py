"""A figure through time: one line per series, told apart by the shape of its points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from observatoire.site.charts import labels, scale
from observatoire.site.charts.labels import Room, Wanted
from observatoire.site.charts.marks import ROUND, SQUARE, Drawing, Line, Mark, Point, Words

TALL, ABOVE, UNDER, ENTRY = 200.0, 26.0, 26.0, 22.0
LEFT, RIGHT = 0.1, 0.95
"""Where the scale of time begins and ends."""

CLOSE = 0.09
"""Two points nearer than that are one above the other for the eye."""

AXIS = 7.0
"""The room of a character of the axis, in pixels."""

LOOKS = ((ROUND, "trait"), (SQUARE, "tirets"), (SQUARE, "trait"), (ROUND, "tirets"))
"""The point and the line of each series."""

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

    grid, years = list(_grid(high)), list(_years(first, last))
    drawn = [[place(s) for s in one.stops] for one in series]
    marks = [*grid, *years]
    for rank, one in enumerate(series):
        marks += _line(rank, one, drawn[rank])
    marks += _told(series, drawn, [w for w in grid if isinstance(w, Words)])
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


def _line(rank: int, one: Series, places: Sequence[Place]) -> Iterator[Mark]:
    shape, look = LOOKS[rank % len(LOOKS)]
    for (x1, y1), (x2, y2) in pairwise(places):
        yield Line(x1, y1, x2, y2, look)
    for stop, (x, y) in zip(one.stops, places, strict=True):
        yield Point(x, y, shape, stop.title)


def _told(
    series: Sequence[Series], drawn: Sequence[Sequence[Place]], axis: Sequence[Words]
) -> Iterator[Mark]:
    """The values that have room beside their points: the latest are served first."""
    wanted = [
        Wanted(x, y, stop.text, over=not _under((x, y), [*drawn[:rank], *drawn[rank + 1 :]]))
        for rank, one in enumerate(series)
        for stop, (x, y) in _worth(one, drawn[rank])
    ]
    wanted.sort(key=lambda w: -w.x)
    taken = [labels.point(x, y) for places in drawn for x, y in places]
    taken += [Room(w.x, 0, len(w.text) * AXIS, w.y - 11, w.y + 2) for w in axis]
    lines = [(*one, *other) for places in drawn for one, other in pairwise(places)]
    for found in labels.placed(wanted, taken, lines, (0, ABOVE + TALL)):
        yield Words(found.x, found.y, found.text, anchor="middle", look="halo", shift=found.shift)


def _worth(one: Series, places: Sequence[Place]) -> Iterator[tuple[Stop, Place]]:
    """The stops of a series to write, less those that the next one, near them, would repeat."""
    found = list(zip(one.stops, places, strict=True))
    for (stop, place), (after, next_to) in zip(found, [*found[1:], *found[-1:]], strict=True):
        again = after is not stop and after.text == stop.text and next_to[0] - place[0] < CLOSE
        if not again:
            yield stop, place


def _under(place: Place, others: Sequence[Sequence[Place]]) -> bool:
    """Whether a higher point of another series is near: the value is better beneath its own."""
    x, y = place
    return any(abs(x - a) < CLOSE and b < y for points in others for a, b in points)


def _entry(rank: int, name: str, y: float) -> Iterator[Mark]:
    shape, look = LOOKS[rank % len(LOOKS)]
    yield Line(0, y + 7, 0.06, y + 7, look)
    yield Point(0.03, y + 7, shape)
    yield Words(0.06, y + 12, name, shift=8)
