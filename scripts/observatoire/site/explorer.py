"""The lines of the explorer: who is followed, and who is obliged and publishes nothing.

Their index is columnar JSON: whole numbers that point into lists of words, so that tens of
thousands of lines load at once and are filtered without a freeze.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from observatoire.indicators.absence import UNTRACKED
from observatoire.indicators.obligation import is_obliged
from observatoire.letters import plain
from observatoire.model import Row
from observatoire.site.places.atlas import spelt

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

NOTHING = -1
"""In a column of numbers: nothing there."""

UNKNOWN = -2
"""In a column of counts: something is published, nobody says how much."""

PAGE, OBLIGED, PUBLISHES = 1, 2, 4
"""The bits of ``etat``: a page of its own; who publishes stands above who does not."""

SHOWN = {"DataGouv": "data.gouv.fr"}
"""What the flat view calls otherwise, for Datami."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table. Counts are ``NOTHING`` where nothing is published.

    ``page`` says whether the organisation has one: those that the register does not follow do not.
    """

    siren: str
    nom: str
    type: str
    departement: str
    region: str
    population: int
    portails: int
    datagouv: int
    technos: str
    themes: str
    publishes: bool
    obliged: bool
    page: bool

    @property
    def state(self) -> int:
        """``etat``."""
        return PUBLISHES * self.publishes + OBLIGED * self.obliged + PAGE * self.page


def lines(view: Iterable[Row], silent: Iterable[Row], reference: Reference) -> list[Line]:
    """The lines of the flat view, then the obliged bodies that it does not follow; by name."""
    followed = {row["siren"]: _followed(row, reference) for row in view}
    others = (_silent(row) for row in silent if row["siren"] not in followed)
    return sorted((*followed.values(), *others), key=lambda o: (plain(o.nom), o.siren))


def _followed(row: Row, reference: Reference) -> Line:
    body = reference.bodies.get(row["siren"])
    kinds = row["merge"].split("+")
    return Line(
        siren=row["siren"],
        nom=spelt(row["nom"], body),
        type=row["type"],
        departement=row["depcode"],
        region=row["reg_code_geo"] or (body.region if body else ""),
        population=int(row["pop_insee"] or NOTHING),
        portails=_count("ptf" in kinds, row["nb_ptf"]),
        datagouv=_count("datagouv" in kinds, row["nb_datagouv"]),
        technos=row["platform_clean"],
        themes=row["tags"],
        publishes=row["boolean"] == "true",
        obliged=body is not None and is_obliged(body),
        page=True,
    )


def _count(published: bool, cell: str) -> int:
    if not published:
        return NOTHING
    return int(cell) if cell else UNKNOWN


def _silent(row: Row) -> Line:
    return Line(
        siren=row["siren"],
        nom=row["nom"],
        type=row["type"],
        departement=row["departement"],
        region=row["region"],
        population=int(row["population"] or NOTHING),
        portails=NOTHING,
        datagouv=NOTHING,
        technos="",
        themes="",
        publishes=False,
        obliged=True,
        page=row["situation"] != UNTRACKED,
    )


def index(
    found: Sequence[Line], types: Mapping[str, str], reference: Reference, about: Mapping[str, str]
) -> bytes:
    """The index that the page loads; ``about`` says what it is of (version, date).

    ``ensembles`` holds each set of technologies, or of themes, that some line has.
    """
    regions = {code: place.nom for code, place in reference.regions.items()}
    departements = {code: place.nom for code, place in reference.departements.items()}
    words = {
        "type": _kept(types, (o.type for o in found)),
        "region": _kept(regions, (o.region for o in found)),
        "departement": _kept(departements, (o.departement for o in found)),
        "techno": _values(o.technos for o in found),
        "theme": _values(o.themes for o in found),
    }
    technos = list(dict.fromkeys(o.technos for o in found))
    themes = list(dict.fromkeys(o.themes for o in found))
    regions_of = (reference.region_of(code) for code, _ in words["departement"])
    return orjson.dumps(
        {
            **about,
            "mots": words,
            "ensembles": {
                "techno": [_pointed(words["techno"], _split(cell)) for cell in technos],
                "theme": [_pointed(words["theme"], _split(cell)) for cell in themes],
            },
            "regionDe": _pointed(words["region"], regions_of),
            "colonnes": {
                "siren": [o.siren for o in found],
                "nom": [o.nom for o in found],
                "type": _pointed(words["type"], (o.type for o in found)),
                "departement": _pointed(words["departement"], (o.departement for o in found)),
                "region": _pointed(words["region"], (o.region for o in found)),
                "population": [o.population for o in found],
                "portails": [o.portails for o in found],
                "datagouv": [o.datagouv for o in found],
                "techno": _ranks(technos, (o.technos for o in found)),
                "theme": _ranks(themes, (o.themes for o in found)),
                "etat": [o.state for o in found],
            },
        }
    )


def _kept(names: Mapping[str, str], used: Iterable[str]) -> list[list[str]]:
    """The codes in use with their names, in the order of the names given; a strange code stays."""
    left = set(used) - {""}
    known = [[code, name] for code, name in names.items() if code in left]
    return known + [[code, code] for code in sorted(left - names.keys())]


def _values(cells: Iterable[str]) -> list[list[str]]:
    found = {value for cell in cells for value in _split(cell)}
    return [[value, SHOWN.get(value, value)] for value in sorted(found, key=plain)]


def _split(cell: str) -> Iterator[str]:
    return (value for value in cell.split("|") if value)


def _pointed(words: Sequence[Sequence[str]], codes: Iterable[str]) -> list[int]:
    return _ranks([code for code, *_ in words], codes)


def _ranks(known: Sequence[str], cells: Iterable[str]) -> list[int]:
    rank = {cell: place for place, cell in enumerate(known)}
    return [rank.get(cell, NOTHING) for cell in cells]
