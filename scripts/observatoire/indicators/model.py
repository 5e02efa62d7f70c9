"""What an indicator takes (a snapshot of the register at a date) and what it gives (measures)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from observatoire import french
from observatoire.indicators.records import Account, Organisation, Platform, Publication

if TYPE_CHECKING:
    from observatoire.reference.lookup import Reference

CURRENT = "actuel"
"""The vintage of the register as it stands, beside the frozen editions ("2021", "2022")."""

COLLECTIVITES = ("REG", "DEP", "MET", "CU", "CA", "CC", "EPT", "COM")
ASSOCIES = ("AGCT", "OACT", "DSPT")
ACTORS = COLLECTIVITES + ASSOCIES
EPCI = ("MET", "CU", "CA", "CC")

GROUPS = (
    ("collectivites", COLLECTIVITES, "collectivités"),
    ("associes", ASSOCIES, "acteurs associés"),
)

COUNT = "organisations"
PERCENT = "%"
WHOLE = "ensemble"
UNKNOWN = "inconnu"
EMPTY = "Rien à compter dans cette portée : la part n'existe pas"

Evidence = Callable[[int, int], str]
"""A numerator and its denominator in words: "578 sur 4 642", "chez 1 000 acteurs"."""

Place = tuple[str, str]
"""Where a figure stands in an indicator: a dimension and one of its values."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to break an indicator down: its name in the table, its title in French.

    ``mots`` says how its values read: a vocabulary of ``vocabulary``, or the words themselves.
    ``tete``: shown in summaries. ``suivie``: measured again on each published version. ``preuve``
    says what its figures rest on: they are a part of it, unless it is told here.
    """

    nom: str
    titre: str
    mots: str | Mapping[str, str]
    tete: bool = False
    suivie: bool = False
    preuve: Evidence = french.ratio


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
    dimensions: tuple[Dimension, ...]

    def dimension(self, nom: str) -> Dimension:
        """One dimension by its name; raises KeyError."""
        for found in self.dimensions:
            if found.nom == nom:
                return found
        raise KeyError(nom)


@dataclass(frozen=True, slots=True)
class Before:
    """The open actors of the snapshot before, by SIREN: what entries and exits are counted from."""

    millesime: str
    date: str
    ouverts: Mapping[str, Organisation]


@dataclass(frozen=True)
class Snapshot:
    """The register at a date, with the reference that gives its denominators.

    ``date`` is ISO; ``source`` tells where the rows come from, in French. ``comptes`` are the last
    harvest, by platform and publisher's identifier; ``journal`` the day of the last good harvest by
    platform. ``version``: a published version, of which only the followed dimensions are measured.
    """

    millesime: str
    date: str
    source: str
    organisations: tuple[Organisation, ...]
    reference: Reference
    publications: tuple[Publication, ...] = ()
    plateformes: Mapping[str, Platform] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    comptes: Mapping[tuple[str, str], Account] = field(default_factory=dict)
    journal: Mapping[str, str] = field(default_factory=dict)
    avant: Before | None = None
    redirections: Mapping[str, str] = field(default_factory=dict)
    version: bool = False

    @cached_property
    def open(self) -> tuple[Organisation, ...]:
        """The organisations that publish at least one dataset."""
        return tuple(o for o in self.organisations if o.ouverte)

    @cached_property
    def open_sirens(self) -> frozenset[str]:
        """Their SIREN numbers."""
        return frozenset(o.siren for o in self.open)

    @cached_property
    def actors(self) -> Mapping[str, Organisation]:
        """The open collectivités and associated bodies by SIREN; services of the State aside."""
        return {o.siren: o for o in self.open if o.type in ACTORS}

    @cached_property
    def published(self) -> tuple[Publication, ...]:
        """The publications that prove the opening of an actor."""
        return tuple(p for p in self.publications if p.prouve and p.siren in self.actors)

    def techno(self, publication: Publication) -> str:
        """The technology of a publication's platform."""
        platform = self.plateformes.get(publication.plateforme)
        return (platform.techno if platform else "") or UNKNOWN


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

    def noting(self, remarque: str) -> Measure:
        """The same figure with something to know about it."""
        return replace(self, remarque=remarque)

    def untold(self, remarque: str) -> Measure:
        """The same without a value: nothing allows to work it out, and a zero would be invented."""
        return replace(self, valeur="", remarque=remarque)


class Indicator(Protocol):
    """What a file of ``indicators/`` offers."""

    HEADER: Header

    def measure(self, snapshot: Snapshot) -> Iterator[Measure]:
        """The figures of one snapshot, in a stable order."""
        ...


def count(place: Place, part: int, of: int, portee: str, unite: str = COUNT) -> Measure:
    """A number of something, beside the ``of`` that it is counted among."""
    return Measure(*place, part, of, str(part), unite, portee)


def rate(place: Place, part: int | Decimal, of: int, portee: str, remarque: str = "") -> Measure:
    """A share in percent; empty, and it says so, without a denominator.

    A part that is no whole number is rounded beside the share, never in it.
    """
    told = remarque or ("" if of else EMPTY)
    return Measure(*place, round(part), of, percent(part, of), PERCENT, portee, told)


def percent(part: int | Decimal, of: int) -> str:
    """A share in percent, to one decimal, as the shortest decimal; "" when ``of`` is zero."""
    if not of:
        return ""
    value = (Decimal(100 * part) / Decimal(of)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return format(value, "f").removesuffix(".0")
