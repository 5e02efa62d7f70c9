"""The curve of the editions as points of a drawing: published figures, and ours recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil

from observatoire import french
from observatoire.site.labels import HEIGHT, Rect, Wanted, Words, placed

MARGIN = {"left": 44, "right": 24, "top": 26, "bottom": 30}
ROOM = 38
"""The width of a year's label."""

STEP = 250
"""Between two lines of the grid, in organisations."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A figure at a moment; ``when`` is a year, with its fraction."""

    when: float
    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to draw at a place."""

    x: float
    y: float
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawing of ``width`` × ``height``: marks and the lines through them."""

    width: int
    height: int
    published: tuple[Mark, ...]
    computed: tuple[Mark, ...]
    grid: tuple[Mark, ...]
    years: tuple[Mark, ...]

    @property
    def words(self) -> list[Words]:
        """The values that have room beside their points: the latest are served first."""
        kinds = (("publie", self.published), ("calcule", self.computed))
        wanted = [
            Wanted(m.x, m.y, french.number(m.text), kind, kind == "publie")
            for kind, marks in kinds
            for m in marks
        ]
        wanted.sort(key=lambda w: -w.x)
        lines = [(a.x, a.y, b.x, b.y) for _, marks in kinds for a, b in pairwise(marks)]
        frame = Rect(0, 0, self.width, self.height - MARGIN["bottom"] + HEIGHT / 2)
        return placed(wanted, [(w.x, w.y) for w in wanted], lines, frame)

    @property
    def right(self) -> int:
        """Where the grid ends."""
        return self.width - MARGIN["right"]

    def line(self, marks: Sequence[Mark]) -> str:
        """The points of a polyline."""
        return " ".join(f"{m.x:g},{m.y:g}" for m in marks)


def draw(published: Sequence[Dot], computed: Sequence[Dot], width: int, height: int) -> Curve:
    """Place the dots; both scales start from what the dots hold, the vertical one from zero."""
    dots = [*published, *computed]
    first = int(min((d.when for d in dots), default=0))
    last = ceil(max((d.when for d in dots), default=1))
    top = STEP * max(1, ceil(max((d.value for d in dots), default=1) / STEP))

    def x(when: float) -> float:
        inner = width - MARGIN["left"] - MARGIN["right"]
        return round(MARGIN["left"] + inner * (when - first) / max(last - first, 1), 1)

    def y(value: float) -> float:
        inner = height - MARGIN["top"] - MARGIN["bottom"]
        return round(height - MARGIN["bottom"] - inner * value / top, 1)

    def marks(dots: Sequence[Dot]) -> tuple[Mark, ...]:
        ordered = sorted(dots, key=lambda d: d.when)
        return tuple(Mark(x(d.when), y(d.value), str(d.value), d.label) for d in ordered)

    every = 1 if x(first + 1) - x(first) >= ROOM else 2
    return Curve(
        width,
        height,
        published=marks(published),
        computed=marks(computed),
        grid=tuple(Mark(MARGIN["left"], y(v), str(v)) for v in range(0, top + 1, STEP)),
        years=tuple(
            Mark(x(year + 0.5), height - 8, str(year)) for year in range(first, last, every)
        ),
    )


def moment(vintage: str, iso: str) -> float:
    """When a figure stands on the scale: its date, else its year's end or the month it names."""
    if iso:
        day = date.fromisoformat(iso)
        return round(day.year + day.timetuple().tm_yday / 366, 3)
    year, _, month = vintage.partition("-")
    return round(int(year) + (int(month) / 12 if month else 1), 3)
