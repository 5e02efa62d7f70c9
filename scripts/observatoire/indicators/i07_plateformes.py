"""I7: how many platforms, by type, technology, governance, status, région."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from observatoire.indicators import vocabulary
from observatoire.indicators.model import (
    UNKNOWN,
    WHOLE,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
)

UNIT = "plateformes"
HEADER = Header(
    id="I7",
    titre="Plateformes",
    definition="Nombre de plateformes où des organismes publient leurs données : une ligne du"
    " registre est une plateforme, même quand plusieurs partagent un même hébergeur.",
    formule="Numérateur : plateformes de la catégorie. Dénominateur : toutes les plateformes de la"
    " portée. Valeur : le numérateur.",
    unite=UNIT,
    portee="Ensemble et périmètre : toutes les plateformes, nationales comprises. Type, techno,"
    " gouvernance, statut, région : plateformes territoriales seulement.",
    sources="Table plateformes du registre, ou de l'édition.",
    limites="« Non renseigné » : le registre ne le sait pas encore. Une plateforme fermée garde sa"
    " ligne, avec le statut « inactive ».",
    dimensions=(
        Dimension(WHOLE, "Toutes les plateformes", vocabulary.WHOLE, tete=True, suivie=True),
        Dimension("perimetre", "Par périmètre", vocabulary.SCOPES, tete=True, suivie=True),
        Dimension("type", "Par type", vocabulary.PLATFORM_TYPES, suivie=True),
        Dimension("techno", "Par technologie", "technos", suivie=True),
        Dimension("gouvernance", "Par gouvernance", vocabulary.GOVERNANCES, suivie=True),
        Dimension("statut", "Par statut", vocabulary.PLATFORM_STATES, suivie=True),
        Dimension("region", "Par région", "regions"),
    ),
)

BREAKDOWNS = ("type", "techno", "gouvernance", "statut", "region")


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """All the platforms, then those of the territories, one breakdown after the other."""
    every = list(snapshot.plateformes.values())
    scope = "plateformes du registre, nationales comprises"
    yield count((WHOLE, WHOLE), len(every), len(every), scope, unite=UNIT)
    kinds = Counter(p.perimetre for p in every)
    for name in vocabulary.SCOPES:
        yield count(("perimetre", name), kinds[name], len(every), scope, unite=UNIT)
    local = [p for p in every if p.perimetre == "territorial"]
    for dimension in BREAKDOWNS:
        found = Counter(getattr(p, dimension) or UNKNOWN for p in local)
        for value in sorted(found):
            place = (dimension, value)
            yield count(place, found[value], len(local), "plateformes territoriales", unite=UNIT)
