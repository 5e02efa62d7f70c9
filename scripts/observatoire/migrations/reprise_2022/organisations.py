"""A line of an old file as a row of ``organisations``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.departements import (
    check_region,
    departement,
    population,
)
from observatoire.migrations.reprise_2022.gazetteer import Gazetteer, postal_departement
from observatoire.migrations.reprise_2022.identity import (
    LOCAL,
    Claim,
    Verdict,
    judge,
    misspelt,
    namesakes,
    shown,
)
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.keys import Line
from observatoire.migrations.reprise_2022.places import Location, located
from observatoire.model import Row
from observatoire.reference.lookup import Body, Reference

TYPES = {"OAGT": "OACT"}
"""A typing error of the old dictionary."""

SIREN = re.compile(r"\b[0-9]{9}\b")
CITY_CENTRES = "Action cœur de ville"
"""The programme of ``ACV``: ``OUI`` for a commune, ``VILLE`` for the grouping of one."""


@dataclass(frozen=True)
class Layout:
    """The names that one old file gives to its columns."""

    departement: str
    thematiques: str
    flag: str = ""


@dataclass(frozen=True)
class World:
    """What a line is checked against."""

    then: Reference
    now: Reference
    places: Gazetteer
    themes: frozenset[str]
    sirens: frozenset[str]
    export: Mapping[str, Row]
    """The lines of October 2022 by SIREN: the edition left out what only they say."""


def organisation(line: Line, layout: Layout, world: World) -> Row:
    """The row of ``organisations``; each cell of the line is in it or in the journal."""
    row, pen = line.row, line.pen
    nom, kind = forms.text(row["nom"]), _type(pen, row["type"])
    before = world.export.get(line.siren, {})
    claim = Claim(line.siren, nom, kind, row[layout.departement].strip())
    verdict = judge(claim, world.then, world.now)
    _explain(pen, line.siren, nom, verdict, world)
    place = _departement(line, layout, verdict, world)
    check_region(pen, row["regcode"], place, world.now)
    location = located(row, place, world.places, pen)
    doubtful = bool(verdict.rule) or _doubtful(line, layout, claim, location, world)
    if layout.flag and row[layout.flag].strip():
        pen.drops(layout.flag, row[layout.flag], rules.FLAG)
    return {
        "siren": line.siren,
        "nom": nom,
        "type": kind,
        "departement": place,
        "adresse": location.address,
        "latitude": location.point[0],
        "longitude": location.point[1],
        "population_desservie": population(
            pen, row["pop-insee"], _known(verdict), local=kind in LOCAL
        )
        or _served(before, kind),
        "thematiques": _themes(pen, layout.thematiques, row[layout.thematiques], world),
        "programmes": CITY_CENTRES if before.get("ACV", "").strip() else "",
        "statut": "a_verifier" if doubtful else "actif",
    }


def _served(before: Row, kind: str) -> str:
    """The population that an associated body served in October 2022."""
    return "" if kind in LOCAL else forms.integer(before.get("pop-insee", ""))


def _type(pen: Pen, cell: str) -> str:
    kind = cell.strip()
    if kind in TYPES:
        pen.corrects("type", cell, TYPES[kind], rules.TYPE_TYPO)
    return TYPES.get(kind, kind)


def _explain(pen: Pen, siren: str, nom: str, verdict: Verdict, world: World) -> None:
    if verdict.rule:
        pen.doubts("siren", siren, siren, verdict.rule, verdict.suggestion)
        named = set(SIREN.findall(verdict.suggestion)) - {siren}
        if named & world.sirens:
            pen.doubts("siren", siren, siren, rules.SIREN_SUCCESSION, verdict.suggestion)
    elif verdict.body and misspelt(nom, verdict.body.nom):
        pen.doubts("nom", nom, nom, rules.NAME_MISSPELT, verdict.body.nom)


def _departement(line: Line, layout: Layout, verdict: Verdict, world: World) -> str:
    cell = line.row[layout.departement]
    postal = postal_departement(world.places.address(line.siren))
    official = _official(_known(verdict), cell.strip(), postal, world.now)
    return departement(line.pen, layout.departement, cell, official, postal)


def _official(body: Body | None, stated: str, postal: str, now: Reference) -> str:
    """The département that the reference makes certain, or "".

    It gives an EPCI the département of most of its people: where the EPCI also covers the stated
    one, only the address tells where its seat is.
    """
    if body is None:
        return ""
    if stated == body.departement or stated not in now.departements_of(body):
        return body.departement
    return postal if postal == body.departement else ""


def _known(verdict: Verdict) -> Body | None:
    """The body of a SIREN; a doubtful one proves nothing of the line's place or population."""
    wrong = {rules.SIREN_OTHER_NAME, rules.SIREN_OTHER_PLACE}
    return None if verdict.rule in wrong else verdict.body


def _doubtful(line: Line, layout: Layout, claim: Claim, location: Location, world: World) -> bool:
    """Whether the location makes the line doubtful; then the doubt is written."""
    if location.doubt == rules.DEPARTEMENT_DOUBTED:
        cell = line.row[layout.departement]
        there = postal_departement(world.places.address(line.siren))
        line.pen.doubts(layout.departement, cell, cell, location.doubt, there)
        return True
    if location.doubt and claim.type == "COM":
        others = namesakes(claim, world.now, anywhere=True)
        if others:
            found = " ; ".join(map(shown, others))
            line.pen.doubts("siren", line.siren, line.siren, location.doubt, found)
        return bool(others)
    return False


def _themes(pen: Pen, champ: str, cell: str, world: World) -> str:
    found = forms.values(cell)
    for theme in found:
        if theme not in world.themes:
            pen.drops(champ, theme, rules.THEME_UNKNOWN)
    return "|".join(t for t in found if t in world.themes)
