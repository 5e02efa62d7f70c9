"""I15: how territories share platforms: governance, clusters, bodies hosted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from observatoire import french
from observatoire.indicators import vocabulary
from observatoire.indicators.model import (
    COUNT,
    PERCENT,
    WHOLE,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
    rate,
)
from observatoire.indicators.records import Platform

PLATFORMS = "plateformes"
GOVERNANCES = vocabulary.GOVERNANCES
SHARED = ("mutualise", "partenarial", "partage")
TOGETHER = {
    "cooperation": (SHARED, "Ouvertes à plusieurs (mutualisées, partenariales ou partagées)"),
    "territoriale": (("mutualise", "partenarial"), "Territoriales (mutualisées, partenariales)"),
    "seul_ou_a_deux": (("dedie", "partage"), "Seul ou à deux (dédiées, partagées)"),
}
COOPERATION = {**{name: words for name, (_, words) in TOGETHER.items()}, **GOVERNANCES}
STRUCTURES = {"annoncees": "Annoncées par la plateforme", "comptees": "Comptées dans le registre"}
ALL = {WHOLE: "Toutes les grappes"}


def _platforms(_: int, of: int) -> str:
    return f"sur {french.counted(of, 'plateforme')}"


def _claimed(_: int, of: int) -> str:
    return f"pour {french.counted(of, 'organisme annoncé')}"


HEADER = Header(
    id="I15",
    titre="Coopération territoriale",
    definition="Gouvernance des plateformes territoriales, appartenance à une grappe (plateforme"
    " de plus haut niveau qui reprend les données), organismes hébergés : annoncés par la"
    " plateforme, et comptés par le registre.",
    formule="Gouvernance : 100 × plateformes de la gouvernance / plateformes territoriales de"
    " gouvernance connue. Grappes : 100 × plateformes rattachées / plateformes territoriales."
    " Hébergement annoncé : somme des nombres annoncés. Hébergement compté : acteurs ouverts de"
    " chaque plateforme, additionnés ; dénominateur : plateformes qui annoncent un nombre.",
    unite=f"{PERCENT}, {PLATFORMS}, {COUNT}",
    portee="Plateformes territoriales du registre. L'annoncé et le compté portent sur les mêmes"
    " plateformes : celles qui annoncent un nombre.",
    sources="Table plateformes (gouvernance, grappe, nb_structures_declare), table publications.",
    limites="Le nombre annoncé date du moment où il a été noté. Le nombre compté ne voit que les"
    " organismes que le registre suit et qui publient sous leur nom.",
    dimensions=(
        Dimension("gouvernance", "Gouvernance", COOPERATION, tete=True),
        Dimension("grappes", "Rattachement à une grappe", ALL, tete=True),
        Dimension("grappe", "Plateformes rattachées, par grappe", "plateformes"),
        Dimension("structures", "Organismes hébergés", STRUCTURES, tete=True, preuve=_platforms),
        Dimension(
            "annoncees_gouvernance",
            "Organismes annoncés, par gouvernance",
            GOVERNANCES,
            preuve=_platforms,
        ),
        Dimension(
            "comptees_gouvernance",
            "Organismes comptés, par gouvernance",
            GOVERNANCES,
            preuve=_platforms,
        ),
        Dimension(
            "comptees_plateforme",
            "Organismes comptés, par plateforme, à côté de ceux qu'elle annonce",
            "plateformes",
            preuve=_claimed,
        ),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Governance, clusters, then the bodies hosted, claimed and counted."""
    local = [p for p in snapshot.plateformes.values() if p.perimetre == "territorial"]
    yield from _governance(local)
    clusters = Counter(p.grappe for p in local if p.grappe)
    scope = "plateformes territoriales"
    yield rate(("grappes", WHOLE), clusters.total(), len(local), scope)
    for name in sorted(clusters):
        yield count(
            ("grappe", name), clusters[name], clusters.total(), f"{scope} en grappe", PLATFORMS
        )
    yield from _hosted(local, _counted(snapshot))


def _governance(local: Sequence[Platform]) -> Iterator[Measure]:
    found = Counter(p.gouvernance for p in local if p.gouvernance)
    unknown = len(local) - found.total()
    scope = "plateformes territoriales de gouvernance connue"
    note = f"Plateformes territoriales de gouvernance inconnue : {unknown}" if unknown else ""
    for group, (names, _) in TOGETHER.items():
        part = sum(found[name] for name in names)
        yield rate(("gouvernance", group), part, found.total(), scope, note)
    for name in GOVERNANCES:
        yield rate(("gouvernance", name), found[name], found.total(), scope)


def _counted(snapshot: Snapshot) -> Mapping[str, int]:
    """The open actors of each platform, each once."""
    actors: dict[str, set[str]] = defaultdict(set)
    for publication in snapshot.published:
        actors[publication.plateforme].add(publication.siren)
    return {name: len(found) for name, found in actors.items()}


def _hosted(local: Sequence[Platform], counted: Mapping[str, int]) -> Iterator[Measure]:
    told = [p for p in local if p.structures is not None]
    scope = "plateformes territoriales qui annoncent un nombre d'organismes hébergés"
    yield from _pair(told, counted, ("structures", "annoncees"), ("structures", "comptees"), scope)
    for name in GOVERNANCES:
        chosen = [p for p in told if p.gouvernance == name]
        places = (("annoncees_gouvernance", name), ("comptees_gouvernance", name))
        yield from _pair(chosen, counted, *places, f"{scope}, gouvernance {name}")
    for platform in sorted(told):
        yield count(
            ("comptees_plateforme", platform.id),
            counted.get(platform.id, 0),
            platform.structures or 0,
            "acteurs ouverts comptés sur cette plateforme, à côté du nombre qu'elle annonce",
        )


def _pair(
    chosen: Sequence[Platform],
    counted: Mapping[str, int],
    claim: tuple[str, str],
    tally: tuple[str, str],
    scope: str,
) -> Iterator[Measure]:
    """What platforms claim, and what the register counts on the same ones."""
    claimed = sum(p.structures or 0 for p in chosen)
    found = sum(counted.get(p.id, 0) for p in chosen)
    yield count(claim, claimed, len(chosen), f"organismes annoncés ; {scope}")
    yield count(tally, found, len(chosen), f"acteurs ouverts comptés ; {scope}")
