"""I3: the share of the obliged collectivités that are open (denominator A)."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.indicators import obligation, opening
from observatoire.indicators.model import (
    COLLECTIVITES,
    PERCENT,
    WHOLE,
    Header,
    Measure,
    Place,
    Snapshot,
    rate,
)
from observatoire.indicators.zones import ZONES, zone_of

HEADER = Header(
    id="I3",
    titre="Taux d'ouverture",
    definition="Part des collectivités obligées par la loi qui publient au moins un jeu de"
    f" données. {obligation.RULE} {opening.RULE}",
    formule="Numérateur : collectivités obligées et ouvertes. Dénominateur : collectivités"
    " obligées du référentiel. Valeur : 100 × numérateur / dénominateur.",
    unite=PERCENT,
    portee="Toute la France, puis métropole et outre-mer ; régions, départements, EPCI, EPT et"
    " communes d'au moins 3 500 habitants.",
    sources="Registre (ou édition) pour le numérateur ; référentiel du millésime le plus proche"
    " pour le dénominateur et la population.",
    limites="Une collectivité ouverte que le référentiel ne connaît pas sous ce SIREN ne compte"
    " pas. Ne se compare pas aux taux calculés sur toutes les unités légales publiques.",
)

SCOPE = "régions, départements, EPCI, EPT et communes d'au moins 3 500 habitants"


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The whole of France, then each zone."""
    bodies = obligation.obliged(snapshot.reference)
    left = sum(o.type in COLLECTIVITES and o.siren not in bodies for o in snapshot.open)
    note = (
        f"{left} collectivités ouvertes ne comptent pas ici : communes de moins de 3 500 habitants,"
        " ou SIREN absent du référentiel"
    )
    yield _rate(snapshot, (WHOLE, WHOLE), set(bodies), f"{SCOPE}, toute la France", note)
    for zone, words in ZONES:
        part = {s for s, b in bodies.items() if zone_of(b, snapshot.reference) == zone}
        yield _rate(snapshot, ("zone", zone), part, f"{SCOPE}, {words}")


def _rate(
    snapshot: Snapshot, place: Place, sirens: set[str], scope: str, note: str = ""
) -> Measure:
    open_ = len(sirens & snapshot.open_sirens)
    return rate(place, open_, len(sirens), scope, note)
