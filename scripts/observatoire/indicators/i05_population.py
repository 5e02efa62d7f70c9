"""I5: the share of the population that lives where a local body publishes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from observatoire.indicators import brackets, opening, population, vocabulary
from observatoire.indicators.model import (
    PERCENT,
    Dimension,
    Header,
    Measure,
    Snapshot,
    rate,
)
from observatoire.indicators.zones import WORDS, where

if TYPE_CHECKING:
    from observatoire.reference.lookup import Commune

FORMULAS = {
    "union_communes": "Union des communes",
    "union_avec_departements": "Union des communes, départements compris",
    "somme_historique": "Somme historique (communes + EPCI, doubles comptes)",
}
SAID = {
    "union_communes": "chacun compté une seule fois",
    "union_avec_departements": "chacun compté une seule fois, départements compris",
    "somme_historique": "communes et EPCI additionnés, certains comptés deux fois",
}
LEVELS = {
    "communes": "La commune publie",
    "epci": "L'EPCI publie",
    "ept": "L'établissement public territorial publie",
    "departements": "Le département publie",
    "regions": "La région publie",
}

HEADER = Header(
    id="I5",
    titre="Couverture de la population",
    definition="Part des habitants qui vivent là où une collectivité de proximité publie au moins"
    f" un jeu de données. {population.RULE} {opening.RULE}",
    formule="Union des communes : habitants des communes couvertes / habitants de toutes les"
    " communes. Somme historique : habitants des communes ouvertes + habitants des EPCI ouverts, /"
    " habitants de toutes les communes ; l'habitant d'une commune ouverte dans un EPCI ouvert y"
    " compte deux fois. Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France, puis métropole et outre-mer, chaque région, chaque département, chaque"
    " tranche de population des communes ; numérateur et dénominateur en habitants.",
    sources="Registre (ou édition) pour qui publie ; référentiel du millésime le plus proche pour"
    " la population municipale et l'appartenance aux EPCI et aux EPT.",
    limites="Habiter un EPCI qui publie ne dit pas que ses données parlent de la commune. Avec les"
    " départements, la part monte sans que la donnée soit plus proche : cette variante est donnée à"
    " part. La somme historique peut dépasser 100 %.",
    dimensions=(
        Dimension("formule", "Les trois formules", FORMULAS, tete=True, suivie=True),
        Dimension("niveau", "Par niveau, chacun compté seul", LEVELS),
        Dimension("zone", "Métropole et outre-mer", WORDS, suivie=True),
        Dimension("region", "Par région", "regions", suivie=True),
        Dimension("departement", "Par département", "departements"),
        Dimension("population_communes", "Par population des communes", vocabulary.BRACKETS),
    ),
)

SCOPE = "habitants des communes"


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The formulas, the levels, then the union by territory and by size."""
    communes = snapshot.reference.communes
    levels, covered = population.levels(snapshot), population.near(snapshot)
    near = [c for c in communes if covered(c)]
    wider = [c for c in communes if covered(c) or levels["departements"](c)]
    everyone, france = population.people(communes), f"{SCOPE}, toute la France"
    numerators = {
        "union_communes": population.people(near),
        "union_avec_departements": population.people(wider),
        "somme_historique": population.legacy(snapshot),
    }
    for name, part in numerators.items():
        yield rate(("formule", name), part, everyone, f"{france}, {SAID[name]}")
    for name, covers in levels.items():
        part = population.people(c for c in communes if covers(c))
        yield rate(("niveau", name), part, everyone, f"{france} ; {LEVELS[name].lower()}")
    yield from _territories(snapshot, near)


def _territories(snapshot: Snapshot, near: Sequence[Commune]) -> Iterator[Measure]:
    reference = snapshot.reference
    overseas = {code for code, place in reference.departements.items() if place.zone != "metro"}
    places: tuple[tuple[str, Callable[[Commune], str]], ...] = (
        ("zone", lambda c: "outre-mer" if c.departement in overseas else "metropole"),
        ("region", lambda c: c.region),
        ("departement", lambda c: c.departement),
        ("population_communes", lambda c: brackets.holding(c.population or 0)),
    )
    for dimension, of in places:
        every, part = _people(reference.communes, of), _people(near, of)
        for code in sorted(every):
            scope = f"{SCOPE}, {where(dimension, code, reference)}, {SAID['union_communes']}"
            yield rate((dimension, code), part.get(code, 0), every[code], scope)


def _people(communes: Sequence[Commune], of: Callable[[Commune], str]) -> Mapping[str, int]:
    out: dict[str, int] = defaultdict(int)
    for commune in communes:
        out[of(commune)] += commune.population or 0
    return out
