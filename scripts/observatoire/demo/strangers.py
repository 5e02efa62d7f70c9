"""Accounts of data.gouv.fr that no register of territories should take in, or should take in twice.

The traps are real ones: a State service that declares the SIRET of the région where it sits
(« SGAR Auvergne-Rhône-Alpes »), ministries, companies, associations.
"""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.demo.accounts import Account, Dataset, object_id
from observatoire.letters import slug
from observatoire.reference.lookup import Reference

STATE = (
    ("Ministère de la Culture", "11004601800013"),
    ("Ministère de la Transition écologique", "11006801200050"),
    ("Institut national de la statistique et des études économiques", "12002701600563"),
    ("Agence nationale des fréquences", "13000308900014"),
)
OTHERS = (
    ("OpenStreetMap France", ("association",)),
    ("SNCF Voyageurs", ("company",)),
    ("Les Amis de la cartographie libre", ("association",)),
    ("Société d'exemple numérique", ("company", "certified")),
)


def strangers(reference: Reference) -> Iterator[Account]:
    """The accounts that are not entries of the register."""
    for name, siret in STATE:
        yield _account(name, siret, 40, "certified", "public-service")
    for name, badges in OTHERS:
        yield _account(name, "", 6, *badges)
    for place in reference.regions.values():
        if place.siren and place.zone == "metro":
            yield _account(f"SGAR {place.nom}", f"{place.siren}00019", 3, "local-authority")
            yield _account(f"DREAL {place.nom}", "", 12, "certified", "public-service")


def _account(name: str, siret: str, nb_jeux: int, *badges: str) -> Account:
    return Account(object_id(name), slug(name), name, siret, badges, (Dataset(),) * nb_jeux)
