"""Recorded absence: the obliged bodies that publish nothing, by size and territory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from observatoire.indicators import brackets, obligation
from observatoire.indicators.model import Snapshot
from observatoire.model import Row
from observatoire.table import Table, from_records

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body

NAME = "liste_obliges_sans_publication"
COLUMNS = (
    "siren",
    "nom",
    "type",
    "population",
    "tranche",
    "departement",
    "nom_departement",
    "region",
    "nom_region",
    "epci",
    "nom_epci",
    "epci_publie",
    "situation",
    "referentiel",
    "date",
)

UNTRACKED = "absent du registre"
NO_ACCOUNT = "suivi, sans publication"
STATES = {
    "publie": "compte sans jeu de données",
    "vide": "compte vide",
    "disparu": "publication disparue",
}
GONE = "noté comme disparu, encore au référentiel"


def listed(snapshot: Snapshot) -> Table:
    """The obliged bodies that are not open: the most populated first, then by SIREN."""
    bodies = obligation.obliged(snapshot.reference)
    silent = [b for siren, b in bodies.items() if siren not in snapshot.open_sirens]
    silent.sort(key=lambda b: (-(b.population or 0), b.siren))
    return from_records(COLUMNS, _records(snapshot, silent))


def _records(snapshot: Snapshot, silent: list[Body]) -> Iterator[Row]:
    reference, situations = snapshot.reference, _situations(snapshot)
    for body in silent:
        departement = reference.departements.get(body.departement)
        region = reference.regions.get(body.region)
        group = reference.bodies.get(body.epci)
        yield {
            "siren": body.siren,
            "nom": body.nom,
            "type": body.type,
            "population": "" if body.population is None else str(body.population),
            "tranche": "" if body.population is None else _bracket(body.population),
            "departement": body.departement,
            "nom_departement": departement.nom if departement else "",
            "region": body.region,
            "nom_region": region.nom if region else "",
            "epci": body.epci,
            "nom_epci": group.nom if group else "",
            "epci_publie": _yes(body.epci in snapshot.open_sirens) if body.epci else "",
            "situation": situations.get(body.siren, UNTRACKED),
            "referentiel": reference.vintage,
            "date": snapshot.date,
        }


def _bracket(people: int) -> str:
    return brackets.label(brackets.holding(people))


def _yes(value: bool) -> str:
    return "oui" if value else "non"


def _situations(snapshot: Snapshot) -> Mapping[str, str]:
    """What the register knows of the bodies that it follows and that are not open."""
    out = {o.siren: NO_ACCOUNT for o in snapshot.organisations}
    proving = set()
    for publication in snapshot.publications:
        if publication.siren in out:
            out[publication.siren] = STATES[publication.statut]
            if publication.prouve:
                proving.add(publication.siren)
    return out | dict.fromkeys(proving, GONE)
