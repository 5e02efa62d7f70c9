"""I1: how many organisations are open, collectivités and associated bodies apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from observatoire.indicators import opening, vocabulary
from observatoire.indicators.model import (
    ACTORS,
    COUNT,
    GROUPS,
    WHOLE,
    Dimension,
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
    dimensions=(
        Dimension(WHOLE, "Tous les acteurs", vocabulary.WHOLE, tete=True, suivie=True),
        Dimension("groupe", "Par groupe", vocabulary.GROUPS, tete=True, suivie=True),
        Dimension("type", "Par type", "types", suivie=True),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The whole, then each group, then each type."""
    open_ = Counter(o.type for o in snapshot.open)
    known = Counter(o.type for o in snapshot.organisations)

    def figure(place: Place, types: Iterable[str], words: str) -> Measure:
        types = list(types)
        return count(
            place,
            sum(open_[t] for t in types),
            sum(known[t] for t in types),
            f"{words}, toute la France, parmi les organisations suivies",
        )

    yield figure((WHOLE, WHOLE), ACTORS, "collectivités et acteurs associés")
    for name, types, words in GROUPS:
        yield figure(("groupe", name), types, words)
    for kind in ACTORS:
        yield figure(("type", kind), (kind,), f"organisations de type {kind}")
