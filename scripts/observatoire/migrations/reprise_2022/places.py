"""Where a body is: département, address and coordinates, each checked against the others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import acos, cos, radians, sin
from statistics import median

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.model import Row

POSTCODE = re.compile(r"\b(\d{5})\b")
EARTH = 6371
FAR = 100
"""Kilometres from the middle of a département's known addresses. The furthest true point of the
edition (Dieppe) is at 83, the nearest wrong one (Chémeré for Chémeré-le-Roi) at 146."""
APART = 25
"""Kilometres between a body's point and its address. The two disagree by less than 11 but for
namesakes and head offices."""
SCATTERED = {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"}
"""Overseas: islands too far apart, or too few addresses, for the middle to mean anything."""
EASTERN = {"974", "976", "988"}
"""La Réunion, Mayotte and New Caledonia: no longitude there is negative."""

Point = tuple[str, str]
NOWHERE: Point = ("", "")
ADDRESS = "adress (vue d'avril 2022)"


@dataclass(frozen=True)
class Gazetteer:
    """The addresses of the flat view of April 2022, and the middle of each département's."""

    lines: Mapping[str, Row]
    middles: Mapping[str, tuple[float, float]]


def gazetteer(vue: Sequence[Row]) -> Gazetteer:
    """The gazetteer of a flat view."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in vue:
        place = postal_departement(row["adress"])
        if place and row["lat"] and row["lon"]:
            points[place].append((float(row["lat"]), float(row["lon"])))
    return Gazetteer(
        {forms.siren(r["siren"]): r for r in vue},
        {d: (median(p[0] for p in l), median(p[1] for p in l)) for d, l in points.items()},
    )


def postal_departement(address: str) -> str:
    """The département of the last postal code of an address, or "" without one.

    Corsica's are 200, 201 (south) and 202, 206 (north); overseas codes start with the département.
    """
    codes = POSTCODE.findall(address)
    if not codes:
        return ""
    code: str = codes[-1]
    if code.startswith("20"):
        return "2A" if code[2] in "01" else "2B"
    return code[:3] if code[:2] in {"97", "98"} else code[:2]


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance between two points, on a sphere."""
    lat, other = radians(a[0]), radians(b[0])
    cosine = sin(lat) * sin(other) + cos(lat) * cos(other) * cos(radians(a[1] - b[1]))
    return EARTH * acos(max(-1.0, min(1.0, cosine)))


def located(row: Row, departement: str, places: Gazetteer, pen: Pen) -> tuple[str, Point]:
    """The address and the coordinates of a body."""
    siren = forms.siren(row["siren"])
    point = _own_point(row, departement, places, pen)
    address, other = _address(places.lines.get(siren), departement, point, pen)
    if point == NOWHERE:
        return address, other
    return address, point


def _own_point(row: Row, departement: str, places: Gazetteer, pen: Pen) -> Point:
    lat, lon = forms.decimal(row["lat"]), forms.decimal(row["long"])
    if not lat and not lon:
        return NOWHERE
    if not lat or not lon:
        pen.drops("lat" if lat else "long", row["lat"] or row["long"], rules.POINT_HALF)
        return NOWHERE
    if lat == lon:
        return _dropped(row, pen, rules.POINT_COPIED)
    if departement in EASTERN and float(lon) < 0:
        pen.corrects("long", row["long"], lon.removeprefix("-"), rules.POINT_SIGN)
        return lat, lon.removeprefix("-")
    if _far((lat, lon), departement, places):
        return _dropped(row, pen, rules.POINT_FAR)
    return lat, lon


def _dropped(row: Row, pen: Pen, rule: str) -> Point:
    pen.drops("lat", row["lat"], rule)
    pen.drops("long", row["long"], rule)
    return NOWHERE


def _far(point: Point, departement: str, places: Gazetteer) -> bool:
    middle = places.middles.get(departement)
    if middle is None or departement in SCATTERED:
        return False
    return kilometres((float(point[0]), float(point[1])), middle) > FAR


def _address(line: Row | None, departement: str, point: Point, pen: Pen) -> tuple[str, Point]:
    """The address of the flat view and its point, unless they may be those of a namesake."""
    if line is None or not line["adress"].strip():
        return "", NOWHERE
    raw = line["adress"]
    address = forms.text(forms.repaired(raw))
    there = postal_departement(address)
    other = (forms.decimal(line["lat"]), forms.decimal(line["lon"]))
    if not there:
        pen.drops(ADDRESS, raw, rules.ADDRESS_VAGUE)
    elif there != departement:
        pen.drops(ADDRESS, raw, rules.ADDRESS_ELSEWHERE, suggestion=f"département {there}")
    elif _apart(point, other):
        pen.drops(ADDRESS, raw, rules.ADDRESS_APART)
    else:
        if address != forms.text(raw):
            pen.corrects(ADDRESS, raw, address, rules.ADDRESS_REPAIRED)
        return address, other if all(other) else NOWHERE
    return "", NOWHERE


def _apart(a: Point, b: Point) -> bool:
    if not all(a) or not all(b):
        return False
    return kilometres((float(a[0]), float(a[1])), (float(b[0]), float(b[1]))) > APART
