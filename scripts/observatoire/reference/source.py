"""What a source of the official division of France gives, whatever its format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

TYPES = {"METRO": "MET", "MET69": "MET"}
"""Types of EPCI that the sources write otherwise than the register."""


class Commune(NamedTuple):
    """A commune of today: no arrondissement, no commune déléguée."""

    code: str
    siren: str
    nom: str
    departement: str
    region: str
    population: int | None


class Groupement(NamedTuple):
    """An EPCI or an EPT, its communes by code; ``declared`` is the population it claims."""

    siren: str
    nom: str
    type: str
    membres: Sequence[str]
    declared: int | None = None


class Territory(NamedTuple):
    """A département (``region`` is its région) or a région (``region`` is its own code)."""

    code: str
    nom: str
    region: str
    zone: str


class Former(NamedTuple):
    """A commune déléguée or associée, part of ``commune``."""

    code: str
    nom: str
    departement: str
    commune: str


@dataclass(frozen=True)
class Division:
    """The official division of France at one date."""

    communes: Sequence[Commune]
    groupements: Sequence[Groupement]
    departements: Sequence[Territory]
    regions: Sequence[Territory]
    formers: Sequence[Former]

    def with_only(self, groupements: Sequence[Groupement]) -> Division:
        """The same division with other EPCI and EPT."""
        return replace(self, groupements=groupements)


class Identity(NamedTuple):
    """A line of identifiants.csv, which is kept by hand."""

    siren: str
    nom: str
    sigle: str
    remarque: str


Identities = Mapping[tuple[str, str], Identity]
"""By niveau (departement, region, commune) and code."""
