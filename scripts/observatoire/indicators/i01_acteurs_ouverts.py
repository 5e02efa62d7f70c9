"""I1: how many organisations are open, collectivités and associated bodies apart."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.indicators import opening
from observatoire.indicators.model import (
    ASSOCIES,
    COLLECTIVITES,
    COUNT,
    WHOLE,
    Header,
    Measure,
    Place,
    Snapshot,
    count,
)

HEADER = Header(
    id="I1",
    titre="Acteurs ouverts",
    definition=f"Nombre d'organisations des territoires qui publient au moins un jeu de données."
    f" {opening.RULE}",
    formule="Numérateur : organisations ouvertes. Dénominateur : organisations suivies par le"
    " registre. Valeur : le numérateur.",
    unite=COUNT,
    portee="Toute la France ; collectivités (REG, DEP, MET, CU, CA, CC, EPT, COM) et acteurs"
    " associés (AGCT, OACT, DSPT) ; les services de l'État (SDE) sont hors champ.",
    sources="Tables organisations et publications du registre, ou de l'édition.",
    limites="Un seul jeu de données suffit : l'indicateur ne dit rien du volume ni de la fraîcheur."
    " Le dénominateur dépend de ce que le registre suit.",
)

GROUPS = (
    ("collectivites", COLLECTIVITES, "collectivités"),
    ("associes", ASSOCIES, "acteurs associés"),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The whole, then each group, then each type."""
    every = COLLECTIVITES + ASSOCIES
    yield _count(snapshot, (WHOLE, WHOLE), every, "collectivités et acteurs associés")
    for name, types, words in GROUPS:
        yield _count(snapshot, ("groupe", name), types, words)
    for kind in every:
        yield _count(snapshot, ("type", kind), (kind,), f"organisations de type {kind}")


def _count(snapshot: Snapshot, place: Place, types: tuple[str, ...], words: str) -> Measure:
    return count(
        place,
        sum(o.type in types for o in snapshot.open),
        sum(o.type in types for o in snapshot.organisations),
        f"{words}, toute la France, parmi les organisations suivies",
    )
