"""I6: what the open actors are made of: communes, supra-communal bodies, associated bodies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from observatoire.indicators import opening
from observatoire.indicators.model import (
    ASSOCIES,
    PERCENT,
    Dimension,
    Header,
    Measure,
    Snapshot,
    rate,
)
from observatoire.indicators.records import Organisation
from observatoire.indicators.zones import where

FAMILIES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "communes": (("COM",), "Communes"),
    "supra_communal": (
        ("REG", "DEP", "MET", "CU", "CA", "CC", "EPT"),
        "Régions, départements, EPCI et EPT",
    ),
    "associes": (ASSOCIES, "Acteurs associés"),
}
WORDS = {name: words for name, (_, words) in FAMILIES.items()}

HEADER = Header(
    id="I6",
    titre="Écosystème",
    definition="Part des communes, des collectivités supra-communales et des acteurs associés parmi"
    f" les acteurs ouverts. {opening.RULE}",
    formule="Numérateur : acteurs ouverts de la famille. Dénominateur : tous les acteurs ouverts."
    " Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France, puis chaque région ; services de l'État exclus. Une collectivité à"
    " deux niveaux (Paris, Métropole de Lyon) compte dans le type que le registre lui donne.",
    sources="Tables organisations et publications du registre, ou de l'édition.",
    limites="Les parts dépendent de ce que le registre suit : les acteurs associés n'ont pas de"
    " liste officielle.",
    dimensions=(
        Dimension("famille", "Toute la France", WORDS, tete=True, suivie=True),
        *(
            Dimension(f"{name}_region", f"{words}, par région", "regions")
            for name, words in WORDS.items()
        ),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The share of each family, then the same in each région."""
    actors = list(snapshot.actors.values())
    for name, (types, words) in FAMILIES.items():
        part = sum(o.type in types for o in actors)
        scope = f"{words.lower()} parmi les acteurs ouverts, toute la France"
        yield rate(("famille", name), part, len(actors), scope)
    regions: dict[str, list[Organisation]] = {}
    for actor in actors:
        regions.setdefault(actor.region, []).append(actor)
    for name, (types, words) in FAMILIES.items():
        for code in sorted(regions.keys() - {""}):
            part = sum(o.type in types for o in regions[code])
            region = where("region", code, snapshot.reference)
            scope = f"{words.lower()} parmi les acteurs ouverts, {region}"
            yield rate((f"{name}_region", code), part, len(regions[code]), scope)
