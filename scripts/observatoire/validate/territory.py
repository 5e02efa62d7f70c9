"""Where France is: the boxes around its mainland and its overseas territories, and distances."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import NamedTuple

KM_BY_DEGREE = 111.2


class Point(NamedTuple):
    """A latitude and a longitude, in degrees."""

    latitude: float
    longitude: float


class Box(NamedTuple):
    """A part of the world."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Point) -> bool:
        """Whether the point is inside."""
        inside = self.south <= point.latitude <= self.north
        return inside and self.west <= point.longitude <= self.east


METROPOLE = Box(41.2, 51.2, -5.3, 9.7)
OVERSEAS = {
    "971": Box(15.7, 16.7, -62.0, -60.8),
    "972": Box(14.3, 15.0, -61.4, -60.7),
    "973": Box(2.0, 6.0, -55.0, -51.4),
    "974": Box(-21.5, -20.7, 55.1, 56.0),
    "975": Box(46.6, 47.3, -56.6, -55.9),
    "976": Box(-13.2, -12.5, 44.9, 45.4),
    "977": Box(17.7, 18.1, -63.1, -62.6),
    "978": Box(17.9, 18.2, -63.3, -62.9),
    "984": Box(-67.0, -11.0, 39.0, 142.0),
    "986": Box(-14.5, -13.0, -178.4, -176.0),
    "987": Box(-28.0, -7.5, -155.0, -134.0),
    "988": Box(-23.0, -17.5, 158.0, 172.5),
    "989": Box(10.1, 10.5, -109.4, -109.0),
}


def boxes(departement: str) -> tuple[Box, ...]:
    """Where a point of a département may be; anywhere in France when it is unknown."""
    if departement in OVERSEAS:
        return (OVERSEAS[departement],)
    return (METROPOLE,) if departement else (METROPOLE, *OVERSEAS.values())


def swapped(point: Point, departement: str) -> bool:
    """Whether a point is out of its place, and in it once its coordinates are exchanged."""
    latitude, longitude = point
    inside = [box.holds(point) for box in boxes(departement)]
    return not any(inside) and any(
        box.holds(Point(longitude, latitude)) for box in boxes(departement)
    )


def kilometres(one: Point, other: Point) -> float:
    """The distance on a small part of a sphere."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return hypot(north, east) * KM_BY_DEGREE
