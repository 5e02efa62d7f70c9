"""I2: the history of the register: who is open, who came, who left, from one state to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from observatoire import french
from observatoire.indicators import opening, vocabulary
from observatoire.indicators.model import (
    ACTORS,
    COUNT,
    GROUPS,
    UNKNOWN,
    WHOLE,
    Before,
    Dimension,
    Header,
    Measure,
    Snapshot,
    count,
)
from observatoire.indicators.records import Organisation

NET = "solde"
FLOWS = (
    ("ouverts", "Acteurs ouverts"),
    ("entrees", "Entrées"),
    ("sorties", "Sorties"),
    (NET, "Solde"),
)
PLACES = (
    ("groupe", "par groupe", vocabulary.GROUPS),
    ("type", "par type", "types"),
    ("region", "par région", "regions"),
    ("departement", "par département", "departements"),
)


def _moved(part: int, of: int) -> str:
    return f"{french.number(part)} contre {french.number(of)} avant"


HEADER = Header(
    id="I2",
    titre="Historique",
    definition="Acteurs ouverts à chaque édition et à chaque version, et ce qui a changé depuis"
    " l'état précédent : entrées (ouverts maintenant, pas avant), sorties (ouverts avant, plus"
    f" maintenant), solde. Les organisations se reconnaissent à leur SIREN. {opening.RULE}",
    formule="Ouverts : acteurs ouverts, parmi les organisations suivies. Entrées : parmi les"
    " ouverts de maintenant. Sorties : parmi les ouverts d'avant. Solde : numérateur (ouverts de"
    " maintenant) moins dénominateur (ouverts d'avant), égal aux entrées moins les sorties.",
    unite=COUNT,
    portee="Toute la France ; collectivités et acteurs associés. Éditions figées, puis chaque"
    " version publiée, puis le registre. Tous les états sont recalculés avec les définitions"
    " d'aujourd'hui : la courbe ne mélange pas un changement de méthode et un changement réel.",
    sources="Tables organisations et publications de chaque édition, de chaque version, du"
    " registre ; table redirections pour les organismes remplacés.",
    limites="Le fichier de 2021 est un export d'octobre 2022, proche de l'édition de fin 2021. Un"
    " organisme remplacé par un autre compte une sortie et une entrée : la remarque dit combien."
    " Un organisme qui change de type ou de département compte une sortie et une entrée dans ces"
    " répartitions seulement. Les territoires sans mouvement ne sont listés que pour les acteurs"
    " ouverts.",
    dimensions=tuple(
        Dimension(
            flow if place == WHOLE else f"{flow}_{place}",
            f"{title}, {words}",
            mots,
            tete=place == WHOLE,
            suivie=True,
            preuve=_moved if flow == NET else french.ratio,
        )
        for place, words, mots in ((WHOLE, "tous les acteurs", vocabulary.WHOLE), *PLACES)
        for flow, title in FLOWS
    ),
)

Of = Callable[[Organisation], str]

GROUP_OF = {kind: name for name, types, _ in GROUPS for kind in types}

BREAKDOWNS: tuple[tuple[str, Of, tuple[str, ...]], ...] = (
    (WHOLE, lambda _: WHOLE, (WHOLE,)),
    ("groupe", lambda o: GROUP_OF[o.type], tuple(name for name, _, _ in GROUPS)),
    ("type", lambda o: o.type, ACTORS),
    ("region", lambda o: o.region or UNKNOWN, ()),
    ("departement", lambda o: o.departement or UNKNOWN, ()),
)
"""A breakdown, the place of an organisation in it, the places that are always listed."""


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """Each breakdown: who is open, then, where there is a state before, what moved."""
    for name, of, always in BREAKDOWNS:
        yield from _open(snapshot, name, of, always)
        if snapshot.avant:
            yield from _moves(snapshot, snapshot.avant, name, of, always)


def _open(snapshot: Snapshot, name: str, of: Of, always: Iterable[str]) -> Iterator[Measure]:
    now = Counter(map(of, snapshot.actors.values()))
    tracked = Counter(of(o) for o in snapshot.organisations if o.type in ACTORS)
    for value in always or sorted(now):
        scope = f"acteurs ouverts au {french.day(snapshot.date)}, parmi les organisations suivies"
        yield count(_place("ouverts", name, value), now[value], tracked[value], scope)


def _moves(
    snapshot: Snapshot, before: Before, name: str, of: Of, always: Iterable[str]
) -> Iterator[Measure]:
    """Entries, exits and net; in a territory, only where something moved."""
    now, then = _located(snapshot.actors, of), _located(before.ouverts, of)
    came, gone = Counter(v for _, v in now - then), Counter(v for _, v in then - now)
    opened, was = Counter(v for _, v in now), Counter(v for _, v in then)
    since = f"de {_told(before)} à {_told(snapshot)}"
    note = _replaced(snapshot, before) if name == WHOLE else ""
    for value in always or sorted(came.keys() | gone.keys()):
        yield count(
            _place("entrees", name, value),
            came[value],
            opened[value],
            f"acteurs ouverts qui ne l'étaient pas, {since}, parmi les ouverts d'arrivée",
        )
        yield count(
            _place("sorties", name, value),
            gone[value],
            was[value],
            f"acteurs qui ne sont plus ouverts, {since}, parmi les ouverts de départ",
        ).noting(note)
        yield _net(_place(NET, name, value), opened[value], was[value], since)


def _told(state: Before | Snapshot) -> str:
    return f"{state.millesime} ({french.day(state.date)})"


def _located(actors: Mapping[str, Organisation], of: Of) -> set[tuple[str, str]]:
    return {(siren, of(o)) for siren, o in actors.items()}


def _net(place: tuple[str, str], opened: int, was: int, since: str) -> Measure:
    scope = f"acteurs ouverts à l'arrivée moins acteurs ouverts au départ, {since}"
    return Measure(*place, opened, was, str(opened - was), COUNT, scope)


def _place(flow: str, name: str, value: str) -> tuple[str, str]:
    return (flow if name == WHOLE else f"{flow}_{name}", value)


def _replaced(snapshot: Snapshot, before: Before) -> str:
    """How many exits are bodies whose successor is open, in words; "" without any."""
    gone = before.ouverts.keys() - snapshot.actors.keys()
    number = sum(successor(s, snapshot.redirections) in snapshot.actors for s in gone)
    return f"Dont organismes remplacés par un organisme ouvert : {number}" if number else ""


def successor(siren: str, redirections: Mapping[str, str]) -> str:
    """Who a body is today, however many times it was replaced; a loop stops where it closes."""
    seen = {siren}
    while (following := redirections.get(siren, "")) and following not in seen:
        seen.add(following)
        siren = following
    return siren
