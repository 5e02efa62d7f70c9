"""Coordinates that are swapped, of the wrong sign, incomplete, or far from their département."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.points import POINTS, Group
from observatoire.validate.sheet import Sheet
from observatoire.validate.territory import OVERSEAS, Point, boxes, kilometres, swapped
from observatoire.validate.watch import Watch
from observatoire.words import quote

CODE = "coordonnees"
TITLE = "Coordonnées hors de France ou loin du département"
TITLE_EN = "Coordinates outside France or far from the département"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "la latitude « -1.6794 » et la longitude « 48.1147 » sont inversées : échangez-les.",
        key=("243500139",),
        bad={"latitude": "-1.6794", "longitude": "48.1147"},
        good={"latitude": "48.1147", "longitude": "-1.6794"},
        fix={"latitude": "48.1147", "longitude": "-1.6794"},
    ),
    Example(
        "organisations",
        "le point (-21, -55.5) n'est pas dans le département 974 : le signe de la longitude est"
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
        "« 48.1147, -1.6794 » contient les deux coordonnées : écrivez « 48.1147 » dans la colonne"
        " de la latitude et « -1.6794 » dans celle de la longitude.",
        key=("243500139",),
        bad={"latitude": "48.1147, -1.6794", "longitude": ""},
        good={"latitude": "48.1147", "longitude": "-1.6794"},
        fix={"latitude": "48.1147", "longitude": "-1.6794"},
    ),
    Example(
        "organisations",
        "la longitude manque : donnez les deux coordonnées, ou aucune.",
        key=("243500139",),
        bad={"longitude": ""},
        good={"longitude": "-1.6794"},
    ),
)
BOTH = r"\s*(-?[0-9]{1,2}\.[0-9]+)\s*[,;/ ]\s*(-?[0-9]{1,3}\.[0-9]+)\s*"
"""A latitude and a longitude in one cell."""
FAR = 130.0
"""Kilometres: no point of a metropolitan département is so far from the middle of its bodies."""
ENOUGH = 3
"""Bodies of a département whose middle can be trusted."""


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """The points of the organisations."""
    if name == "organisations":
        yield POINTS


def check(context: Context) -> Iterator[Finding]:
    """Points that cannot be where their organisation is."""
    sheet = context.wanted("organisations")
    if sheet is None:
        return
    seen = sheet.watched(POINTS)
    for row in seen.halves:
        ((latitude, longitude),) = sheet.cells([row], "latitude", "longitude")
        both = re.fullmatch(BOTH, latitude or longitude)
        if both:
            yield sheet.finding(CODE, row, *_together(latitude or longitude, both[1], both[2]))
        else:
            yield sheet.finding(CODE, row, *_incomplete("longitude" if latitude else "latitude"))
    abroad = sheet.cells(seen.abroad, "latitude", "longitude", "departement")
    for row, (latitude, longitude, departement) in zip(seen.abroad, abroad, strict=True):
        wrong = _outside(latitude, longitude, departement)
        if wrong:
            yield sheet.finding(CODE, row, *wrong)
    yield from _far(sheet, seen.groups)


def _incomplete(lacking: str) -> tuple[str, Remark]:
    return lacking, Remark(
        f"la {lacking} manque : donnez les deux coordonnées, ou aucune.",
        f"the {lacking} is missing: give both coordinates, or none.",
    )


def _together(cell: str, latitude: str, longitude: str) -> tuple[str, Remark]:
    """Both coordinates in one cell, as maps on the web give them."""
    return "latitude", Remark(
        f"{quote(cell)} contient les deux coordonnées : écrivez {quote(latitude)} dans la colonne"
        f" de la latitude et {quote(longitude)} dans celle de la longitude.",
        f"{quote(cell)} holds both coordinates: write {quote(latitude)} in the column of the"
        f" latitude and {quote(longitude)} in that of the longitude.",
        {"latitude": latitude, "longitude": longitude},
    )


def _outside(latitude: str, longitude: str, departement: str) -> tuple[str, Remark] | None:
    """What is wrong with a point outside the territory: the field, and what to write."""
    y, x = float(latitude), float(longitude)
    around = boxes(departement)
    if any(b.holds(Point(y, x)) for b in around):
        return None
    if swapped(Point(y, x), departement):
        return "latitude", Remark(
            f"la latitude {quote(latitude)} et la longitude {quote(longitude)} sont inversées :"
            " échangez-les.",
            f"the latitude {quote(latitude)} and the longitude {quote(longitude)} are swapped:"
            " exchange them.",
            {"latitude": longitude, "longitude": latitude},
        )
    overseas = departement in OVERSEAS
    where = f"dans le département {departement}" if overseas else "en France"
    place = f"in département {departement}" if overseas else "in France"
    problem = f"le point ({latitude}, {longitude}) n'est pas {where}"
    trouble = f"the point ({latitude}, {longitude}) is not {place}"
    for name, turned, cell in (
        ("longitude", Point(y, -x), longitude),
        ("latitude", Point(-y, x), latitude),
    ):
        if any(b.holds(turned) for b in around):
            fix = cell[1:] if cell.startswith("-") else f"-{cell}"
            return name, Remark(
                f"{problem} : le signe de la {name} est sans doute faux, écrivez « {fix} ».",
                f"{trouble}: the sign of the {name} is probably wrong, write « {fix} ».",
                fix,
            )
    return "latitude", Remark(
        f"{problem} : corrigez les deux coordonnées, ou effacez-les.",
        f"{trouble}: correct both coordinates, or erase them.",
    )


def _far(sheet: Sheet, groups: Mapping[str, Group]) -> Iterator[Finding]:
    """Points far from the middle of the other bodies of their département: a namesake's address."""
    code = sheet.schema.field("departement").compiled
    for departement, group in groups.items():
        if code and not code.fullmatch(departement):
            continue  # the matter of another check
        if not departement or len(group.rows) < ENOUGH or _close(group):
            continue
        from statistics import median  # only for a group that is not close: start-up counts

        home = Point(median(group.latitudes), median(group.longitudes))
        for row, y, x in zip(group.rows, group.latitudes, group.longitudes, strict=True):
            away = kilometres(Point(y, x), home)
            if away > FAR and next(sheet.cells([row], "type")) != ("REG",):
                yield sheet.finding(CODE, row, "latitude", _astray(away, departement))


def _close(group: Group) -> bool:
    """Whether even the corners of the box around the points are not far: the middle is inside."""
    south, north = min(group.latitudes), max(group.latitudes)
    west, east = min(group.longitudes), max(group.longitudes)
    return kilometres(Point(south, west), Point(north, east)) <= FAR


def _astray(away: float, departement: str) -> Remark:
    return Remark(
        f"ce point est à {away:.0f} km du milieu du département {departement} : vérifiez l'adresse,"
        " c'est peut-être celle d'un homonyme.",
        f"this point is {away:.0f} km from the middle of département {departement}: check the"
        " address, it may be that of a namesake.",
        None,
        "conseil",
    )
