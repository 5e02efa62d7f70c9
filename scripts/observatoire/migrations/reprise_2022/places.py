"""Address and coordinates of a body, checked against its département and against each other."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.gazetteer import (
    NOWHERE,
    Gazetteer,
    Point,
    distance,
    postal_departement,
)
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.model import Row

APART = 25
"""Kilometres between a body's point and its address. On the edition they are less than 12 apart,
but for namesakes, head offices and addresses found wrongly."""
EASTERN = {"974", "976", "988"}
"""La Réunion, Mayotte and New Caledonia: no longitude there is negative."""

ADDRESS = "adress (vue d'avril 2022)"
LAT, LONG = "lat", "long"


@dataclass(frozen=True)
class Location:
    """Where a body is; ``doubt`` is the rule that makes its identity doubtful, or ""."""

    address: str = ""
    point: Point = NOWHERE
    doubt: str = ""


def located(row: Row, departement: str, places: Gazetteer, pen: Pen) -> Location:
    """The location of a body; each of its cells is kept, or explained with ``pen``."""
    siren = forms.siren(row["siren"])
    raw, other = places.address(siren), places.point(siren)
    there = postal_departement(raw)
    stated = _stated(row, departement, pen)
    wrong = _wrong(stated, departement, places)
    near = NOWHERE not in (stated, other) and distance(stated, other) <= APART
    if there and departement and there != departement and near:
        pen.drops(ADDRESS, raw, rules.ADDRESS_ELSEWHERE, suggestion=f"département {there}")
        return Location("", stated, rules.DEPARTEMENT_DOUBTED)
    address = _address(raw, departement, pen)
    if not address:
        return Location("", _checked(stated, NOWHERE, wrong, row, pen))
    if stated == NOWHERE or near or wrong:
        return Location(address, _checked(stated, other, wrong, row, pen))
    pen.drops(ADDRESS, raw, rules.ADDRESS_APART, suggestion=", ".join(other))
    pen.doubts(LAT, row["lat"], stated[0], rules.ADDRESS_APART, suggestion=other[0])
    pen.doubts(LONG, row["long"], stated[1], rules.ADDRESS_APART, suggestion=other[1])
    return Location("", stated, rules.SIREN_NAMESAKE)


def _stated(row: Row, departement: str, pen: Pen) -> Point:
    """The point that the line gives, its sign repaired; none when one half is missing."""
    lat, lon = forms.decimal(row["lat"]), forms.decimal(row["long"])
    if bool(lat) != bool(lon):
        pen.drops(LAT if lat else LONG, row["lat"] or row["long"], rules.POINT_HALF)
        return NOWHERE
    if lon and departement in EASTERN and float(lon) < 0:
        pen.corrects(LONG, row["long"], lon.removeprefix("-"), rules.POINT_SIGN)
        return lat, lon.removeprefix("-")
    return lat, lon


def _wrong(stated: Point, departement: str, places: Gazetteer) -> str:
    """The rule that says a point is certainly wrong, or ""."""
    if stated == NOWHERE:
        return ""
    if stated[0] == stated[1]:
        return rules.POINT_COPIED
    return rules.POINT_FAR if places.outside(stated, departement) else ""


def _checked(stated: Point, other: Point, rule: str, row: Row, pen: Pen) -> Point:
    """The stated point, or that of the address where there is none or ``rule`` refuses it."""
    if stated == NOWHERE:
        return other
    if not rule:
        return stated
    for champ, old, new in ((LAT, row["lat"], other[0]), (LONG, row["long"], other[1])):
        if new:
            pen.corrects(champ, old, new, rule)
        else:
            pen.drops(champ, old, rule)
    return other


def _address(raw: str, departement: str, pen: Pen) -> str:
    """The address on one line, unless it may be that of a namesake."""
    if not raw.strip():
        return ""
    there = postal_departement(raw)
    if not there:
        pen.drops(ADDRESS, raw, rules.ADDRESS_VAGUE)
        return ""
    if there != departement:
        pen.drops(ADDRESS, raw, rules.ADDRESS_ELSEWHERE, suggestion=f"département {there}")
        return ""
    address = forms.text(forms.repaired(raw))
    if address != forms.text(raw):
        pen.corrects(ADDRESS, raw, address, rules.ADDRESS_REPAIRED)
    return address
