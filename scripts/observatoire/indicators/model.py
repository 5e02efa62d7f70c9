"""What an indicator takes (a snapshot of the register at a date) and what it gives (measures)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

CURRENT = "actuel"
"""The vintage of the register as it stands, beside the frozen editions ("2021", "2022")."""

COLLECTIVITES = ("REG", "DEP", "MET", "CU", "CA", "CC", "EPT", "COM")
ASSOCIES = ("AGCT", "OACT", "DSPT")
EPCI = ("MET", "CU", "CA", "CC")

COUNT = "organisations"
PERCENT = "%"
WHOLE = "ensemble"

Place = tuple[str, str]
"""Where a figure stands in an indicator: a dimension and one of its values."""


@dataclass(frozen=True, slots=True)
class Header:
    """An indicator in words (French): what the Methodology page prints."""

    id: str
    titre: str
    definition: str
    formule: str
    unite: str
    portee: str
    sources: str
    limites: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body of the register at a date; ``ouverte`` follows ``opening.is_open``."""

    siren: str
    nom: str
    type: str
    departement: str
    region: str
    ouverte: bool


@dataclass(frozen=True)
class Snapshot:
    """The register at a date, with the reference that gives its denominators.

    ``date`` is ISO; ``source`` tells where the rows come from, in French.
    """

    millesime: str
    date: str
    source: str
    organisations: tuple[Organisation, ...]
    reference: Reference

    @cached_property
    def open(self) -> tuple[Organisation, ...]:
        """The organisations that publish at least one dataset."""
        return tuple(o for o in self.organisations if o.ouverte)

    @cached_property
    def open_sirens(self) -> frozenset[str]:
        """Their SIREN numbers."""
        return frozenset(o.siren for o in self.open)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure with its evidence; ``portee`` says what it covers, ``remarque`` what to know."""

    dimension: str
    modalite: str
    numerateur: int
    denominateur: int
    valeur: str
    unite: str
    portee: str
    remarque: str = ""


class Indicator(Protocol):
    """What a file of ``indicators/`` offers."""

    HEADER: Header

    def measure(self, snapshot: Snapshot) -> Iterator[Measure]:
        """The figures of one snapshot, in a stable order."""
        ...


def count(place: Place, part: int, of: int, portee: str) -> Measure:
    """A number of organisations, out of ``of``."""
    return Measure(*place, part, of, str(part), COUNT, portee)


def rate(place: Place, part: int, of: int, portee: str, remarque: str = "") -> Measure:
    """A share in percent; empty without a denominator."""
    return Measure(*place, part, of, percent(part, of), PERCENT, portee, remarque)


def percent(part: int, of: int) -> str:
    """A share in percent, to one decimal, as the shortest decimal; "" when ``of`` is zero."""
    if not of:
        return ""
    value = (Decimal(100 * part) / Decimal(of)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format(value, "f").removesuffix(".0")
