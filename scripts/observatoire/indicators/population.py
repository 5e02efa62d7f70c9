"""The inhabitants who live where a local body publishes: commune by commune, each counted once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from observatoire.indicators.model import EPCI, Snapshot

if TYPE_CHECKING:
    from observatoire.reference.lookup import Commune, Reference

RULE = (
    "Une commune est couverte quand elle publie elle-même, ou quand publie l'EPCI ou"
    " l'établissement public territorial dont elle est membre dans le référentiel. Ses habitants"
    " comptent une seule fois. Ni le département ni la région ne couvrent une commune."
)

Covers = Callable[["Commune"], bool]
"""Whether the inhabitants of a commune are covered."""


def levels(snapshot: Snapshot) -> Mapping[str, Covers]:
    """For each level of authority, whether a commune is covered by it."""
    open_ = snapshot.open_sirens - {""}
    departements = _holders(snapshot.reference, open_)
    regions = {code for code, place in snapshot.reference.regions.items() if place.siren in open_}
    return {
        "communes": lambda c: c.siren in open_,
        "epci": lambda c: c.epci in open_,
        "ept": lambda c: c.ept in open_,
        "departements": lambda c: c.departement in departements,
        "regions": lambda c: c.region in regions,
    }


def _holders(reference: Reference, open_: Collection[str]) -> set[str]:
    return {code for code, place in reference.departements.items() if place.siren in open_}


def near(snapshot: Snapshot) -> Covers:
    """Covered by the commune itself, its EPCI or its EPT: the union that the indicator means."""
    open_ = snapshot.open_sirens - {""}
    return lambda c: c.siren in open_ or c.epci in open_ or c.ept in open_


def people(communes: Iterable[Commune]) -> int:
    """The inhabitants of some communes; a commune of unknown population has none."""
    return sum(c.population or 0 for c in communes)


def legacy(snapshot: Snapshot) -> int:
    """What the editions added up: each open commune and each open EPCI, so many people twice."""
    bodies = snapshot.reference.bodies
    kinds = ("COM", *EPCI)
    found = (bodies[s] for s in snapshot.open_sirens if s in bodies)
    return sum(b.population or 0 for b in found if b.type in kinds)
