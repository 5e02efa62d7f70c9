"""I10: how many open actors publish on each theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from observatoire.indicators import vocabulary
from observatoire.indicators.model import (
    ACTORS,
    COUNT,
    GROUPS,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
)

HEADER = Header(
    id="I10",
    titre="Thématiques",
    definition="Nombre d'acteurs ouverts par thème. Un acteur compte à chacun de ses thèmes : la"
    " somme dépasse le nombre d'acteurs.",
    formule="Numérateur : acteurs ouverts qui ont le thème. Dénominateur : acteurs ouverts dont au"
    " moins un thème est connu. Valeur : le numérateur.",
    unite=COUNT,
    portee="Toute la France ; collectivités et acteurs associés ouverts.",
    sources="Colonne thematiques de la table organisations ; liste de la table thematiques.",
    limites="Les thèmes sont notés à la main, organisme par organisme : ils ne disent pas combien"
    " de jeux de données portent sur le thème.",
    dimensions=(
        Dimension("theme", "Tous les acteurs", vocabulary.ITSELF, tete=True, suivie=True),
        *(
            Dimension(f"theme_{name}", words.capitalize(), vocabulary.ITSELF)
            for name, _, words in GROUPS
        ),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Each theme for everybody, then for each group; the themes of nobody too."""
    yield from _themes(snapshot, "theme", ACTORS, "collectivités et acteurs associés ouverts")
    for name, types, words in GROUPS:
        yield from _themes(snapshot, f"theme_{name}", types, f"{words} : acteurs ouverts")


def _themes(
    snapshot: Snapshot, dimension: str, types: tuple[str, ...], words: str
) -> Iterator[Measure]:
    chosen = [
        set(o.thematiques) for o in snapshot.actors.values() if o.thematiques and o.type in types
    ]
    counts = Counter(theme for themes in chosen for theme in themes)
    for theme in sorted({*snapshot.themes, *counts}):
        scope = f"{words} dont un thème au moins est connu, toute la France"
        figure = count((dimension, theme), counts[theme], len(chosen), scope)
        yield figure if chosen else figure.untold("Aucun thème n'est connu")
