"""The points of the organisations, watched while their table is read."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from math import isnan, nan

from observatoire.validate.territory import METROPOLE, OVERSEAS, Point, swapped
from observatoire.validate.watch import Cells, Same

NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,17})?")
NUMBERS = re.compile(rf"(?:(?:{NUMBER.pattern})?(?:\n|\Z))*+")
"""A whole column of them, joined by line ends."""


class Group:
    """The points of a département that are in mainland France, with their rows."""

    def __init__(self) -> None:
        self.rows = array("q")
        self.latitudes = array("d")
        self.longitudes = array("d")


class Seen:
    """The points by département, the rows with half a point, and those of points elsewhere."""

    def __init__(self) -> None:
        self.groups: dict[str, Group] = {}
        self.halves: list[int] = []
        self.abroad: list[int] = []


class Points(Same):
    """The points of the organisations; a cell that is no plain number is for other checks."""

    def start(self) -> _Points:
        """Begin on a table."""
        return _Points()


class _Points:
    def __init__(self) -> None:
        self._seen = Seen()

    def feed(self, first: int, cells: Cells, /) -> None:
        latitudes, longitudes = cells["latitude"], cells["longitude"]
        ys, xs = _numbers(latitudes), _numbers(longitudes)
        departements = cells["departement"]
        places: dict[str, list[int]] = defaultdict(list)
        if _all_inside(ys, xs) and OVERSEAS.keys().isdisjoint(departements):
            for at, departement in enumerate(departements):
                places[departement].append(at)
        else:
            self._sort(first, list(zip(ys, xs, departements, strict=True)), places)
        for departement, chosen in places.items():
            group = self._seen.groups.setdefault(departement, Group())
            group.rows.extend([first + at for at in chosen])
            group.latitudes.extend([ys[at] for at in chosen])
            group.longitudes.extend([xs[at] for at in chosen])
        if "" in latitudes or "" in longitudes:
            pairs = zip(latitudes, longitudes, strict=True)
            self._seen.halves += [i for i, (y, x) in enumerate(pairs, first) if (not y) != (not x)]

    def _sort(
        self, first: int, points: list[tuple[float, float, str]], places: dict[str, list[int]]
    ) -> None:
        """Tell points of mainland France from those elsewhere, and from rows without a point."""
        south, north, west, east = METROPOLE
        for at, (y, x, departement) in enumerate(points):
            if south <= y <= north and west <= x <= east and departement not in OVERSEAS:
                places[departement].append(at)
            elif y == y and x == x:  # noqa: PLR0124 - a missing number differs from itself
                self._seen.abroad.append(first + at)

    def join(self, other: _Points) -> None:
        for departement, more in other._seen.groups.items():
            group = self._seen.groups.setdefault(departement, Group())
            group.rows += more.rows
            group.latitudes += more.latitudes
            group.longitudes += more.longitudes
        self._seen.halves += other._seen.halves
        self._seen.abroad += other._seen.abroad

    def result(self) -> Seen:
        return self._seen


def _numbers(cells: list[str]) -> list[float]:
    """The cells as numbers; NaN stands for an empty one, and for what is no plain number."""
    if NUMBERS.fullmatch("\n".join(cells)):
        return [float(c) if c else nan for c in cells] if "" in cells else list(map(float, cells))
    return [float(c) if NUMBER.fullmatch(c) else nan for c in cells]


def _all_inside(ys: list[float], xs: list[float]) -> bool:
    """Whether all these points, and there is none missing, are in mainland France."""
    south, north, west, east = METROPOLE
    # A sum with a missing number is missing, and no comparison with it holds.
    known = bool(ys) and abs(sum(ys) + sum(xs)) >= 0
    return known and min(ys) >= south and max(ys) <= north and min(xs) >= west and max(xs) <= east


POINTS = Points()


def exchanged(
    latitudes: list[str], longitudes: list[str], departements: list[str]
) -> Iterator[int]:
    """The rows whose latitude and longitude stand in place of each other."""
    south, north, west, east = METROPOLE
    ys, xs = _numbers(latitudes), _numbers(longitudes)
    if _all_inside(ys, xs):
        return
    for row, (y, x) in enumerate(zip(ys, xs, strict=True)):
        usual = south <= y <= north and west <= x <= east
        if not usual and not isnan(y + x) and swapped(Point(y, x), departements[row]):
            yield row
