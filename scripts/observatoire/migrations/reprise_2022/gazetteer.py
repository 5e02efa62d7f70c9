"""Addresses of the flat view of April 2022, and what they teach of where départements are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import acos, cos, radians, sin
from statistics import median

from observatoire.migrations.reprise_2022 import forms
from observatoire.model import Row

POSTCODE = re.compile(r"\b(\d{5})\b")
EARTH = 6371
FAR = 100
"""Kilometres from the middle of a département's known addresses. The furthest true point of the
edition (Dieppe) is at 83, the nearest wrong one (Chémeré for Chémeré-le-Roi) at 146."""
SCATTERED = {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988"}
"""Overseas: islands too far apart, or too few addresses, for the middle to mean anything."""

Point = tuple[str, str]
"""Latitude and longitude, as cells."""

NOWHERE: Point = ("", "")


@dataclass(frozen=True)
class Gazetteer:
    """The lines of the view by SIREN, and the middle of the addresses of each département."""

    lines: Mapping[str, Row]
    middles: Mapping[str, tuple[float, float]]

    def address(self, siren: str) -> str:
        """The address of a body as the view writes it, or ""."""
        return self.lines[siren]["adress"] if siren in self.lines else ""

    def point(self, siren: str) -> Point:
        """The coordinates of that address, or none."""
        line = self.lines.get(siren, {"lat": "", "lon": ""})
        point = forms.decimal(line["lat"]), forms.decimal(line["lon"])
        return point if all(point) else NOWHERE

    def outside(self, point: Point, departement: str) -> bool:
        """Whether a point is certainly not in a département."""
        middle = self.middles.get(departement)
        if middle is None or departement in SCATTERED:
            return False
        return _kilometres((float(point[0]), float(point[1])), middle) > FAR


def gazetteer(vue: Sequence[Row]) -> Gazetteer:
    """The gazetteer of a flat view."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in vue:
        place = postal_departement(row["adress"])
        if place and row["lat"] and row["lon"]:
            points[place].append((float(row["lat"]), float(row["lon"])))
    return Gazetteer(
        {forms.siren(r["siren"]): r for r in vue},
        {
            place: (median(lat for lat, _ in found), median(lon for _, lon in found))
            for place, found in points.items()
        },
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


def distance(a: Point, b: Point) -> float:
    """Kilometres between two points; 0 where one is unknown."""
    if not all(a) or not all(b):
        return 0.0
    return _kilometres((float(a[0]), float(a[1])), (float(b[0]), float(b[1])))


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    lat, other = radians(a[0]), radians(b[0])
    cosine = sin(lat) * sin(other) + cos(lat) * cos(other) * cos(radians(a[1] - b[1]))
    return EARTH * acos(max(-1.0, min(1.0, cosine)))
