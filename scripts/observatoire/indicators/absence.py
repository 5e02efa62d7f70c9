"""Recorded absence: the obliged bodies that publish nothing, by size and territory.

The file that users asked for most, hence the most quoted: a body that may publish under another
SIREN is told apart, and so is the day until which the register has looked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from observatoire import names
from observatoire.indicators import brackets, obligation
from observatoire.indicators.i02_historique import successor
from observatoire.indicators.model import COLLECTIVITES, EPCI, Snapshot
from observatoire.model import Row
from observatoire.table import Table, from_records

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body

NAME = "liste_obliges_sans_publication"
COLUMNS = (
    "siren",
    "code_insee",
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
    "autre_siren",
    "moisson",
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
NAMESAKE = "à vérifier : publie peut-être sous un autre SIREN"
NATIONAL = "data-gouv-fr"
"""The platform where every body of the country can publish: its harvest looks for all of them."""
FAMILIES = dict.fromkeys(EPCI, "EPCI")
"""Types that a name takes for each other, as an EPCI that becomes a métropole."""

Called = tuple[str, str, str]
"""A family of types, a département, a name without what varies."""


def listed(snapshot: Snapshot) -> Table:
    """The obliged bodies that are not open: the most populated first, then by SIREN."""
    bodies = obligation.obliged(snapshot.reference)
    silent = [b for siren, b in bodies.items() if siren not in snapshot.open_sirens]
    silent.sort(key=lambda b: (-(b.population or 0), b.siren))
    return from_records(COLUMNS, _records(snapshot, silent))


def _records(snapshot: Snapshot, silent: list[Body]) -> Iterator[Row]:
    reference, situations = snapshot.reference, _situations(snapshot)
    others = _others(snapshot)
    for body in silent:
        other = others.get(_called(body.type, body.departement, body.nom), "")
        departement = reference.departements.get(body.departement)
        region = reference.regions.get(body.region)
        group = reference.bodies.get(body.epci)
        yield {
            "siren": body.siren,
            "code_insee": "" if body.code == body.siren else body.code,
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
            "situation": NAMESAKE if other else situations.get(body.siren, UNTRACKED),
            "autre_siren": other,
            "moisson": snapshot.journal.get(NATIONAL, ""),
            "referentiel": reference.vintage,
            "date": snapshot.date,
        }


def _others(snapshot: Snapshot) -> Mapping[Called, str]:
    """Open collectivités whose SIREN is not theirs in the reference, by what they are called.

    An old number, or a wrong one: the body of that name and place may be the same. Those that the
    register knows as replaced are called as their successor too.
    """
    known, out = snapshot.reference.bodies, dict[Called, str]()
    for found in (o for o in snapshot.open if o.type in COLLECTIVITES):
        body = known.get(found.siren)
        if body is None or (body.type == "COM" and body.departement != found.departement):
            out[_called(found.type, found.departement, found.nom)] = found.siren
        heir = known.get(successor(found.siren, snapshot.redirections))
        if heir and heir is not body:
            out[_called(heir.type, heir.departement, heir.nom)] = found.siren
    return out


def _called(kind: str, departement: str, name: str) -> Called:
    """What two lines about one body have in common; a région is in no département."""
    place = "" if kind == "REG" else departement
    return FAMILIES.get(kind, kind), place, names.normalise(name)


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
