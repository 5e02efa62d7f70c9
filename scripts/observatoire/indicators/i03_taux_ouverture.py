"""I3: the share of the obliged collectivités that are open (denominator A)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from observatoire.indicators import obligation, opening, vocabulary
from observatoire.indicators.model import (
    COLLECTIVITES,
    PERCENT,
    WHOLE,
    Dimension,
    Header,
    Measure,
    Place,
    Snapshot,
    rate,
)
from observatoire.indicators.zones import WORDS, ZONES, where, zone_of

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body

HEADER = Header(
    id="I3",
    titre="Taux d'ouverture",
    definition="Part des collectivités obligées par la loi qui publient au moins un jeu de"
    f" données. {obligation.RULE} {opening.RULE}",
    formule="Numérateur : collectivités obligées et ouvertes. Dénominateur : collectivités"
    " obligées du référentiel. Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France, puis métropole et outre-mer, chaque région, chaque département ;"
    " régions, départements, intercommunalités (EPCI, EPT) et communes d'au moins 3 500 habitants.",
    sources="Registre (ou édition) pour le numérateur ; référentiel du millésime le plus proche"
    " pour le dénominateur et la population.",
    limites="Une collectivité ouverte que le référentiel ne connaît pas sous ce SIREN ne compte"
    " pas. Ne se compare pas aux taux calculés sur toutes les unités légales publiques. Un EPCI"
    " qui couvre plusieurs départements ne compte que dans le plus peuplé ; une région ne compte"
    " dans aucun département.",
    dimensions=(
        Dimension(WHOLE, "Toute la France", vocabulary.WHOLE, tete=True, suivie=True),
        Dimension("zone", "Métropole et outre-mer", WORDS, suivie=True),
        Dimension("region", "Par région", "regions", suivie=True),
        Dimension("departement", "Par département", "departements", suivie=True),
    ),
)

SCOPE = (
    "régions, départements, intercommunalités (EPCI, EPT) et communes d'au moins 3 500 habitants"
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The whole of France, then each zone, région and département."""
    bodies = obligation.obliged(snapshot.reference)
    left = sum(o.type in COLLECTIVITES and o.siren not in bodies for o in snapshot.open)
    note = (
        f"Collectivités ouvertes hors de ce compte : {left} (communes de moins de 3 500 habitants,"
        " ou SIREN absent du référentiel)"
    )
    yield _rate(snapshot, (WHOLE, WHOLE), set(bodies), f"{SCOPE}, toute la France", note)
    by_zone = _grouped(bodies.values(), lambda b: zone_of(b, snapshot.reference))
    for zone, words in ZONES:
        yield _rate(snapshot, ("zone", zone), by_zone.get(zone, set()), f"{SCOPE}, {words}")
    for dimension, of, least in (
        ("region", _region, SCOPE),
        ("departement", _departement, SCOPE.removeprefix("régions, ")),
    ):
        groups = _grouped((b for b in bodies.values() if of(b)), of)
        for code in sorted(groups):
            scope = f"{least}, {where(dimension, code, snapshot.reference)}"
            yield _rate(snapshot, (dimension, code), groups[code], scope)


def _region(body: Body) -> str:
    return body.region


def _departement(body: Body) -> str:
    """A région is in no département, even one that holds the powers of a département."""
    return "" if body.type == "REG" else body.departement


def _grouped(bodies: Iterable[Body], place: Callable[[Body], str]) -> Mapping[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for body in bodies:
        out[place(body)].add(body.siren)
    return out


def _rate(
    snapshot: Snapshot, place: Place, sirens: set[str], scope: str, note: str = ""
) -> Measure:
    open_ = len(sirens & snapshot.open_sirens)
    return rate(place, open_, len(sirens), scope, note)
