"""I9: how many datasets are published, between a lower and an upper bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from observatoire import french
from observatoire.indicators import brackets, volume
from observatoire.indicators.model import (
    ACTORS,
    COUNT,
    UNKNOWN,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
)
from observatoire.indicators.records import Organisation
from observatoire.indicators.volume import Volume
from observatoire.indicators.zones import where

UNIT = "jeux de données"
LIMITS = {"basse": "Borne basse", "haute": "Borne haute"}
BRACKETS = brackets.names(volume.BOUNDS)
BRACKET_WORDS = {
    name: f"de {int(low)} à {int(high)} jeux" if high else f"{int(low)} jeux et plus"
    for name in BRACKETS
    for low, _, high in [name.partition("-")]
}
PLACES = (("type", "par type", "types"), ("region", "par région", "regions"))


def _actors(_: int, of: int) -> str:
    return f"chez {french.counted(of, 'acteur')}"


HEADER = Header(
    id="I9",
    titre="Jeux de données",
    definition=f"Nombre de jeux de données publiés par les acteurs ouverts. {volume.RULE}",
    formule="Borne basse : somme, sur les acteurs, du plus grand nombre de jeux d'un de leurs"
    " comptes. Borne haute : somme de tous les comptes. Dénominateur : acteurs dont au moins un"
    " nombre de jeux est connu. Valeur : le numérateur.",
    unite=f"{UNIT}, {COUNT} pour les tranches",
    portee="Toute la France ; comptes de statut « publie » des collectivités et acteurs associés"
    " ouverts.",
    sources="Tables organisations et publications du registre, ou de l'édition.",
    limites="Un nombre inconnu compte pour zéro : la remarque dit combien d'acteurs. Un jeu de"
    " données n'a pas la même taille d'un portail à l'autre.",
    dimensions=(
        Dimension("borne", "Toute la France", LIMITS, tete=True, suivie=True, preuve=_actors),
        *(
            Dimension(f"{limit}_{name}", f"{words}, {title}", mots, preuve=_actors)
            for name, title, mots in PLACES
            for limit, words in LIMITS.items()
        ),
        Dimension("techno", "Somme des comptes, par technologie", "technos", preuve=_actors),
        Dimension("volume", "Acteurs, par volume (borne basse)", BRACKET_WORDS),
    ),
)

Of = Callable[[Organisation], str]


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Both bounds, then by type and région, then each technology, then actors by volume."""
    found = volume.volumes(snapshot.published)
    unknown = len(snapshot.actors) - len(found)
    note = f"Acteurs ouverts sans aucun nombre de jeux connu : {unknown}" if unknown else ""
    scope = "comptes publiés des acteurs ouverts, toute la France"
    for limit in LIMITS:
        total = sum(_bound(v, limit) for v in found.values())
        yield count(("borne", limit), total, len(found), scope, UNIT).noting(note)
    yield from _by(snapshot, found, "type", lambda o: o.type)
    yield from _by(snapshot, found, "region", lambda o: o.region or UNKNOWN)
    yield from _technos(snapshot)
    sizes = Counter(brackets.index(v.low, volume.BOUNDS) for v in found.values())
    for rank, name in enumerate(BRACKETS):
        scope = f"acteurs ouverts ayant {BRACKET_WORDS[name]} (borne basse), toute la France"
        yield count(("volume", name), sizes[rank], len(found), scope)


def _bound(volume: Volume, limit: str) -> int:
    return volume.low if limit == "basse" else volume.high


def _by(
    snapshot: Snapshot, found: Mapping[str, Volume], dimension: str, of: Of
) -> Iterator[Measure]:
    groups: dict[str, list[Volume]] = {kind: [] for kind in ACTORS if dimension == "type"}
    for siren, bounds in found.items():
        groups.setdefault(of(snapshot.actors[siren]), []).append(bounds)
    for limit in LIMITS:
        for code in groups if dimension == "type" else sorted(groups):
            words = f"type {code}" if dimension == "type" else _region(code, snapshot)
            scope = f"comptes publiés des acteurs ouverts, {words}"
            total = sum(_bound(v, limit) for v in groups[code])
            yield count((f"{limit}_{dimension}", code), total, len(groups[code]), scope, UNIT)


def _region(code: str, snapshot: Snapshot) -> str:
    return "région inconnue" if code == UNKNOWN else where("region", code, snapshot.reference)


def _technos(snapshot: Snapshot) -> Iterator[Measure]:
    datasets: Counter[str] = Counter()
    actors: dict[str, set[str]] = {}
    for publication in snapshot.published:
        if publication.nb_jeux is not None:
            techno = snapshot.techno(publication)
            datasets[techno] += publication.nb_jeux
            actors.setdefault(techno, set()).add(publication.siren)
    for techno in sorted(datasets):
        scope = "somme des comptes publiés sur cette technologie, copies comprises, toute la France"
        yield count(("techno", techno), datasets[techno], len(actors[techno]), scope, UNIT)
