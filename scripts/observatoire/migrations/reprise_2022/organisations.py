"""A line of an old file as a row of ``organisations``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import forms, rules
from observatoire.migrations.reprise_2022.departements import (
    check_region,
    departement,
    population,
)
from observatoire.migrations.reprise_2022.identity import (
    LOCAL,
    Claim,
    Verdict,
    judge,
    misspelt,
)
from observatoire.migrations.reprise_2022.journal import Pen
from observatoire.migrations.reprise_2022.keys import Line
from observatoire.migrations.reprise_2022.places import Gazetteer, located, postal_departement
from observatoire.model import Row
from observatoire.reference.lookup import Reference

TYPES = {"OAGT": "OACT"}
"""A typing error of the old dictionary."""

CITY_CENTRES = "Action cœur de ville"


@dataclass(frozen=True)
class Layout:
    """The names that one old file gives to its columns."""

    departement: str
    thematiques: str
    programme: str = ""
    flag: str = ""


@dataclass(frozen=True)
class World:
    """What a line is checked against."""

    then: Reference
    now: Reference
    places: Gazetteer
    themes: frozenset[str]
    sirens: frozenset[str]
    programmes: Mapping[str, str]


def organisation(line: Line, layout: Layout, world: World) -> Row:
    """The row of ``organisations``; each cell of the line is in it or in the journal."""
    row, pen = line.row, line.pen
    nom, kind = forms.text(row["nom"]), _type(pen, row["type"])
    verdict = judge(
        Claim(line.siren, nom, kind, row[layout.departement].strip()), world.then, world.now
    )
    _explain(pen, line.siren, nom, verdict, world)
    place = _departement(line, layout, verdict, world)
    check_region(pen, row["regcode"], place, world.now)
    address, point = located(row, place, world.places, pen)
    if layout.flag and row[layout.flag].strip():
        pen.drops(layout.flag, row[layout.flag], rules.FLAG)
    return {
        "siren": line.siren,
        "nom": nom,
        "type": kind,
        "departement": place,
        "adresse": address,
        "latitude": point[0],
        "longitude": point[1],
        "population_desservie": population(
            pen, row["pop-insee"], verdict.body, local=kind in LOCAL
        ),
        "thematiques": _themes(pen, layout.thematiques, row[layout.thematiques], world),
        "programmes": world.programmes.get(line.siren, ""),
        "statut": "a_verifier" if verdict.rule else "actif",
    }


def _type(pen: Pen, cell: str) -> str:
    kind = cell.strip()
    if kind in TYPES:
        pen.corrects("type", cell, TYPES[kind], rules.TYPE_TYPO)
    return TYPES.get(kind, kind)


def _explain(pen: Pen, siren: str, nom: str, verdict: Verdict, world: World) -> None:
    if verdict.rule:
        pen.doubts("siren", siren, siren, verdict.rule, verdict.suggestion)
        other = verdict.suggestion[:9]
        if other in world.sirens and other != siren:
            pen.doubts("siren", siren, siren, rules.SIREN_SUCCESSION, verdict.suggestion)
    elif verdict.body and misspelt(nom, verdict.body.nom):
        pen.doubts("nom", nom, nom, rules.NAME_MISSPELT, verdict.body.nom)


def _departement(line: Line, layout: Layout, verdict: Verdict, world: World) -> str:
    """A doubtful SIREN proves nothing about the département."""
    sure = verdict.body if verdict.rule in {"", rules.SIREN_OTHER_TYPE} else None
    address = world.places.lines.get(line.siren, {}).get("adress", "")
    return departement(
        line.pen,
        layout.departement,
        line.row[layout.departement],
        sure.departement if sure else "",
        postal_departement(address),
    )


def _themes(pen: Pen, champ: str, cell: str, world: World) -> str:
    found = forms.values(cell)
    for theme in found:
        if theme not in world.themes:
            pen.drops(champ, theme, rules.THEME_UNKNOWN)
    return "|".join(t for t in found if t in world.themes)


def programmes(rows: Mapping[str, str]) -> dict[str, str]:
    """The programme of each SIREN that the export flags (``OUI`` for a commune, ``VILLE`` for the
    grouping of such a commune)."""
    return {siren: CITY_CENTRES for siren, flag in rows.items() if flag.strip()}
