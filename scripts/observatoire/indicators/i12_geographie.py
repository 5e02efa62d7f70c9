"""I12: where the open organisations are, by région and by département."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from observatoire.indicators import opening
from observatoire.indicators.model import (
    COUNT,
    UNKNOWN,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
)

HEADER = Header(
    id="I12",
    titre="Répartition géographique",
    definition=f"Nombre d'organisations ouvertes par région et par département. {opening.RULE}",
    formule="Numérateur : organisations ouvertes du territoire. Dénominateur : organisations"
    " ouvertes de toute la France. Valeur : le numérateur.",
    unite=COUNT,
    portee="Toute la France ; collectivités et acteurs associés, services de l'État exclus.",
    sources="Tables organisations et publications du registre, ou de l'édition ; la région se"
    " déduit du département par le référentiel.",
    limites="Le territoire est celui du siège : un organisme qui couvre plusieurs départements ne"
    " compte que dans le sien. « inconnu » : département non renseigné.",
    dimensions=(
        Dimension("region", "Par région", "regions", tete=True, suivie=True),
        Dimension("departement", "Par département", "departements"),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Each région, then each département; those without any open organisation too."""
    actors = snapshot.actors.values()
    reference = snapshot.reference
    yield from _spread("region", [o.region for o in actors], reference.regions)
    yield from _spread("departement", [o.departement for o in actors], reference.departements)


def _spread(dimension: str, places: list[str], known: Iterable[str]) -> Iterator[Measure]:
    counts = Counter(place or UNKNOWN for place in places)
    scope = "collectivités et acteurs associés ouverts dont c'est le territoire du siège"
    for code in sorted({*known, *counts}):
        yield count((dimension, code), counts[code], len(places), scope)
