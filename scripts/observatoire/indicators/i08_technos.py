"""I8: which technologies the open actors publish with; data.gouv.fr is one of their platforms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from observatoire.indicators import opening
from observatoire.indicators.model import (
    ACTORS,
    COUNT,
    GROUPS,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
    rate,
)
from observatoire.indicators.records import Organisation
from observatoire.indicators.zones import where

DATA_GOUV = "data-gouv-fr"

USAGES = {
    "datagouv": "Publient sur data.gouv.fr (seul ou avec un portail)",
    "datagouv_seul": "Publient sur data.gouv.fr seulement",
    "datagouv_et_autre": "Publient sur data.gouv.fr et ailleurs",
    "autre_seul": "Publient ailleurs que sur data.gouv.fr seulement",
}

HEADER = Header(
    id="I8",
    titre="Organisations par technologie",
    definition="Nombre d'acteurs ouverts par technologie de plateforme. Un acteur compte une fois à"
    " chaque technologie des plateformes où il publie : la somme dépasse donc le nombre d'acteurs."
    f" data.gouv.fr est une plateforme parmi les autres (son logiciel est udata). {opening.RULE}",
    formule="Par technologie : acteurs qui publient sur au moins une plateforme de cette"
    " technologie, parmi les acteurs ouverts. Usages de data.gouv.fr : 100 × acteurs concernés /"
    " acteurs ouverts.",
    unite=f"{COUNT}, % pour les usages de data.gouv.fr",
    portee="Toute la France ; collectivités et acteurs associés ouverts.",
    sources="Tables organisations, publications et plateformes du registre, ou de l'édition.",
    limites="Une copie moissonnée par data.gouv.fr compte comme une publication sur data.gouv.fr :"
    " le registre ne sait pas toujours distinguer une copie d'un dépôt.",
    dimensions=(
        Dimension("usage", "Usage de data.gouv.fr", USAGES, tete=True, suivie=True),
        Dimension("techno", "Par technologie", "technos", suivie=True),
        *(
            Dimension(f"techno_{name}", f"Par technologie, {words}", "technos")
            for name, _, words in GROUPS
        ),
        Dimension("datagouv_type", "Usage de data.gouv.fr, par type", "types"),
        Dimension("datagouv_region", "Usage de data.gouv.fr, par région", "regions"),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The use of data.gouv.fr, then each technology, for everybody and for each group."""
    places: dict[str, set[str]] = defaultdict(set)
    technos: dict[str, set[str]] = defaultdict(set)
    for publication in snapshot.published:
        places[publication.siren].add(publication.plateforme)
        technos[publication.siren].add(snapshot.techno(publication))
    national = {siren for siren, found in places.items() if DATA_GOUV in found}
    alone = {siren for siren in national if len(places[siren]) == 1}
    usages = {
        "datagouv": len(national),
        "datagouv_seul": len(alone),
        "datagouv_et_autre": len(national) - len(alone),
        "autre_seul": len(places) - len(national),
    }
    for name, part in usages.items():
        scope = "collectivités et acteurs associés ouverts, toute la France"
        yield rate(("usage", name), part, len(places), scope)
    yield from _technos(technos, snapshot.actors, "techno", ACTORS, "acteurs ouverts")
    for group, types, words in GROUPS:
        yield from _technos(
            technos, snapshot.actors, f"techno_{group}", types, f"{words} : acteurs ouverts"
        )
    yield from _national(snapshot, national)


def _technos(
    technos: Mapping[str, set[str]],
    actors: Mapping[str, Organisation],
    dimension: str,
    types: tuple[str, ...],
    words: str,
) -> Iterator[Measure]:
    chosen = [found for siren, found in technos.items() if actors[siren].type in types]
    counts = Counter(techno for found in chosen for techno in found)
    for techno in sorted(counts):
        scope = f"{words}, toute la France, à chacune de leurs technologies"
        yield count((dimension, techno), counts[techno], len(chosen), scope)


def _national(snapshot: Snapshot, national: set[str]) -> Iterator[Measure]:
    actors = snapshot.actors.values()
    types = Counter(o.type for o in actors)
    used = Counter(o.type for o in actors if o.siren in national)
    for kind in ACTORS:
        scope = f"acteurs ouverts de type {kind}, toute la France"
        yield rate(("datagouv_type", kind), used[kind], types[kind], scope)
    regions = Counter(o.region for o in actors)
    used = Counter(o.region for o in actors if o.siren in national)
    for code in sorted(regions.keys() - {""}):
        scope = f"acteurs ouverts, {where('region', code, snapshot.reference)}"
        yield rate(("datagouv_region", code), used[code], regions[code], scope)
