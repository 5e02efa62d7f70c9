"""I4: the share of open bodies by type, and by population bracket with a cut at 3,500."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from observatoire.indicators import brackets, obligation, opening, vocabulary
from observatoire.indicators.model import (
    COLLECTIVITES,
    EPCI,
    PERCENT,
    Dimension,
    Header,
    Measure,
    Place,
    Snapshot,
    rate,
)

HEADER = Header(
    id="I4",
    titre="Taux d'ouverture par type et par taille",
    definition="Part des collectivités qui publient au moins un jeu de données, par type, puis par"
    f" tranche de population des communes et des EPCI. {opening.RULE}",
    formule="Numérateur : collectivités ouvertes. Dénominateur : collectivités du référentiel du"
    " même type ou de la même tranche. Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France. Par type : collectivités obligées seulement (communes d'au moins"
    " 3 500 habitants). Par tranche : toutes les communes, ou tous les EPCI, de population connue ;"
    " les communes de moins de 3 500 habitants ne sont pas obligées.",
    sources="Registre (ou édition) pour le numérateur ; référentiel du millésime le plus proche"
    " pour le dénominateur et la population.",
    limites="Le type est celui du référentiel, pas celui que le registre a saisi. Sont rangées avec"
    " les régions : les collectivités uniques (Corse, Guyane, Martinique) et celles des"
    " collectivités d'outre-mer dont le SIREN est connu (Nouvelle-Calédonie, Saint-Barthélemy,"
    " Saint-Martin, Saint-Pierre-et-Miquelon) ; Mayotte l'est avec les départements.",
    dimensions=(
        Dimension("type", "Collectivités obligées, par type", "types", tete=True, suivie=True),
        Dimension(
            "population_communes", "Communes, par population", vocabulary.BRACKETS, suivie=True
        ),
        Dimension("population_epci", "EPCI, par population", vocabulary.BRACKETS, suivie=True),
    ),
)

COMMUNES = "communes d'au moins 3 500 habitants"

SIZES = (
    ("population_communes", ("COM",), "communes"),
    ("population_epci", EPCI, "EPCI à fiscalité propre"),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Each type, then each bracket of communes and of EPCI."""
    bodies = obligation.obliged(snapshot.reference)
    for kind in COLLECTIVITES:
        sirens = [s for s, b in bodies.items() if b.type == kind]
        scope = f"{COMMUNES if kind == 'COM' else f'organismes de type {kind}'}, toute la France"
        yield _rate(snapshot, ("type", kind), sirens, scope)
    for dimension, types, words in SIZES:
        yield from _by_size(snapshot, dimension, types, words)


def _by_size(
    snapshot: Snapshot, dimension: str, types: Collection[str], words: str
) -> Iterator[Measure]:
    names = brackets.names()
    groups: dict[str, list[str]] = {name: [] for name in names}
    for siren, body in snapshot.reference.bodies.items():
        if body.type in types and body.population is not None:
            groups[names[brackets.index(body.population, brackets.POPULATION)]].append(siren)
    for name, sirens in groups.items():
        if sirens:
            scope = f"{words} {brackets.label(name)}, toute la France"
            yield _rate(snapshot, (dimension, name), sirens, scope)


def _rate(snapshot: Snapshot, place: Place, sirens: Collection[str], scope: str) -> Measure:
    open_ = sum(s in snapshot.open_sirens for s in sirens)
    return rate(place, open_, len(sirens), scope)
