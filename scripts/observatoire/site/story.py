"""The figures of a version as the page tells them: rows, editions, curve."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.indicators import brackets
from observatoire.indicators.model import COLLECTIVITES, CURRENT
from observatoire.site.curve import Curve, Dot, draw, moment
from observatoire.site.figures import Figure, Figures
from observatoire.table import Table

ACTORS = ("groupe", "collectivites")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a chart: a name in words and its figure."""

    name: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Edition:
    """A line of the table of editions."""

    name: str
    date: str
    actors: Figure
    collectivites: Figure
    associes: Figure
    rate: Figure


@dataclass(frozen=True)
class Story:
    """What two tables say, figures and published figures; ``types`` and ``regions`` are words."""

    table: Table
    beside: Table
    types: Mapping[str, str]
    regions: Mapping[str, str]

    @cached_property
    def figures(self) -> Figures:
        """The indicators of the version."""
        return Figures(self.table)

    def by_type(self) -> list[Row]:
        """The rate of each type of collectivité."""
        found = {f.modalite: f for f in self.figures.along("I4", "type")}
        return [Row(self.types[t], found[t]) for t in COLLECTIVITES if t in found]

    def by_size(self) -> list[Row]:
        """The rate of communes by population."""
        along = self.figures.along("I4", "population_communes")
        return [Row(brackets.label(f.modalite).replace(" habitants", ""), f) for f in along]

    def by_region(self) -> list[Row]:
        """Open organisations by région, the most first."""
        rows = [
            Row(self.regions.get(f.modalite, f.modalite), f)
            for f in self.figures.along("I12", "region")
            if f.part
        ]
        return sorted(rows, key=lambda r: (-r.figure.part, r.name))

    def editions(self) -> Iterator[Edition]:
        """Each edition, recomputed with today's definitions, then the register."""
        for vintage in self.figures.vintages:
            found = [
                self.figures.at("I1", vintage=vintage),
                self.figures.at("I1", ACTORS, vintage),
                self.figures.at("I1", ("groupe", "associes"), vintage),
                self.figures.at("I3", vintage=vintage),
            ]
            known = [f for f in found if f]
            if len(known) == len(found):
                yield Edition(_called(vintage), known[0].date, *known)

    def compared(self) -> Sequence[Mapping[str, str]]:
        """The published figures that ours can be set beside."""
        return [r for r in self.beside.records() if r["valeur_calculee"]]

    def published(self) -> list[Dot]:
        """Open collectivités as each edition printed them."""
        return [
            Dot(moment(r["millesime"], r["date"]), int(r["valeur_publiee"]), r["millesime"])
            for r in self.beside.records()
            if (r["indicateur"], r["dimension"], r["modalite"]) == ("I1", *ACTORS)
        ]

    def curve(self, width: int, height: int) -> Curve:
        """Open collectivités through the editions."""
        computed = [
            Dot(moment(e.name, e.date), e.collectivites.part, e.name) for e in self.editions()
        ]
        return draw(self.published(), computed, width, height)


def _called(vintage: str) -> str:
    """An edition, a published version, the register as it stands."""
    if vintage == CURRENT:
        return "Registre"
    return f"Édition {vintage}" if vintage.isdigit() else f"Version {vintage}"
