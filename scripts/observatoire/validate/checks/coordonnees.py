"""Coordinates that are swapped, of the wrong sign, incomplete, or far from their département."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import cos, hypot, radians
from statistics import median
from typing import NamedTuple

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet

CODE = "coordonnees"
TITLE = "Coordonnées hors de France ou loin du département"
TITLE_EN = "Coordinates outside France or far from the département"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "la latitude (-1.6794) et la longitude (48.1147) sont inversées : échangez-les.",
        key=("243500139",),
        bad={"latitude": "-1.6794", "longitude": "48.1147"},
        good={"latitude": "48.1147", "longitude": "-1.6794"},
    ),
    Example(
        "organisations",
        "le point (-21.0, -55.5) n'est pas dans le département 974 : le signe de la longitude est"
        " sans doute faux, écrivez « 55.5 ».",
        key=("219740115",),
        bad={
            "nom": "Saint-Denis",
            "departement": "974",
            "latitude": "-21",
            "longitude": "-55.5",
        },
        good={
            "nom": "Saint-Denis",
            "departement": "974",
            "latitude": "-21",
            "longitude": "55.5",
        },
        fix="55.5",
    ),
    Example(
        "organisations",
        "la longitude manque : donnez les deux coordonnées, ou aucune.",
        key=("243500139",),
        bad={"longitude": ""},
        good={"longitude": "-1.6794"},
    ),
)
NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,17})?")
FAR = 130.0
"""Kilometres: no point of a metropolitan département is so far from the middle of its bodies."""
ENOUGH = 3
"""Bodies of a département whose middle can be trusted."""
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


def check(context: Context) -> Iterator[Finding]:
    """Points that cannot be where their organisation is."""
    sheet = context.wanted("organisations")
    if sheet is None:
        return
    yield from _incomplete(sheet)
    departements = sheet.column("departement")
    points = _points(sheet)
    south, north, west, east = METROPOLE
    abroad = [
        row
        for row, (y, x) in points.items()
        if not (south <= y <= north and west <= x <= east) or departements[row] in OVERSEAS
    ]
    for row in abroad:
        wrong = _outside(points[row], departements[row])
        if wrong:
            del points[row]
            yield sheet.finding(CODE, row, *wrong)
    yield from _far(sheet, points)


def _incomplete(sheet: Sheet) -> Iterator[Finding]:
    pairs = zip(sheet.column("latitude"), sheet.column("longitude"), strict=True)
    for row, (latitude, longitude) in enumerate(pairs):
        if (not latitude) != (not longitude):
            lacking = "longitude" if latitude else "latitude"
            said = Remark(
                f"la {lacking} manque : donnez les deux coordonnées, ou aucune.",
                f"the {lacking} is missing: give both coordinates, or none.",
            )
            yield sheet.finding(CODE, row, lacking, said)


def _points(sheet: Sheet) -> dict[int, Point]:
    """The points by row; a cell that is no plain number is the matter of other checks."""
    pairs = zip(sheet.column("latitude"), sheet.column("longitude"), strict=True)
    numbers = sheet.distinct("latitude") | sheet.distinct("longitude")
    values = {c: float(c) for c in filter(NUMBER.fullmatch, numbers)}
    return {
        row: Point(values[y], values[x])
        for row, (y, x) in enumerate(pairs)
        if y in values and x in values
    }


def _outside(point: Point, departement: str) -> tuple[str, Remark] | None:
    """What is wrong with a point outside the territory: the field, and what to write."""
    boxes = [OVERSEAS[departement]] if departement in OVERSEAS else [METROPOLE]
    if not departement:
        boxes += OVERSEAS.values()
    if any(b.holds(point) for b in boxes):
        return None
    latitude, longitude = point
    if any(b.holds(Point(longitude, latitude)) for b in boxes):
        return "latitude", Remark(
            f"la latitude ({latitude}) et la longitude ({longitude}) sont inversées :"
            " échangez-les.",
            f"the latitude ({latitude}) and the longitude ({longitude}) are swapped: exchange"
            " them.",
        )
    overseas = departement in OVERSEAS
    where = f"dans le département {departement}" if overseas else "en France"
    place = f"in département {departement}" if overseas else "in France"
    problem = f"le point ({latitude}, {longitude}) n'est pas {where}"
    trouble = f"the point ({latitude}, {longitude}) is not {place}"
    for name, turned in (
        ("longitude", Point(latitude, -longitude)),
        ("latitude", Point(-latitude, longitude)),
    ):
        if any(b.holds(turned) for b in boxes):
            fix = f"{getattr(turned, name):g}"
            return name, Remark(
                f"{problem} : le signe de la {name} est sans doute faux, écrivez « {fix} ».",
                f"{trouble}: the sign of the {name} is probably wrong, write « {fix} ».",
                fix,
            )
    return "latitude", Remark(
        f"{problem} : corrigez les deux coordonnées, ou effacez-les.",
        f"{trouble}: correct both coordinates, or erase them.",
    )


def _far(sheet: Sheet, points: Mapping[int, Point]) -> Iterator[Finding]:
    """Points far from the middle of the other bodies of their département: a namesake's address."""
    departements, types = sheet.column("departement"), sheet.column("type")
    groups: dict[str, list[Point]] = defaultdict(list)
    for row, point in points.items():
        groups[departements[row]].append(point)
    middle = {
        d: Point(median(p.latitude for p in group), median(p.longitude for p in group))
        for d, group in groups.items()
        if d and d not in OVERSEAS and len(group) >= ENOUGH
    }
    for row, point in points.items():
        home = middle.get(departements[row])
        away = _kilometres(point, home) if home else 0.0
        if away > FAR and types[row] != "REG":
            said = Remark(
                f"ce point est à {away:.0f} km du milieu du département {departements[row]} :"
                " vérifiez l'adresse, c'est peut-être celle d'un homonyme.",
                f"this point is {away:.0f} km from the middle of département {departements[row]}:"
                " check the address, it may be that of a namesake.",
                None,
                "conseil",
            )
            yield sheet.finding(CODE, row, "latitude", said)


def _kilometres(one: Point, other: Point) -> float:
    """The distance on a small part of a sphere."""
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return hypot(north, east) * KM_BY_DEGREE
