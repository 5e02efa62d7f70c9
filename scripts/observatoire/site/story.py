"""The figures of a version as the home page tells them: editions, curve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from observatoire.indicators.model import CURRENT
from observatoire.site.curve import Curve, Dot, draw, moment
from observatoire.site.figures import Figure, Figures
from observatoire.table import Table

ACTORS = ("groupe", "collectivites")


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
    """What two tables say: our figures, and the published ones ``beside``."""

    table: Table
    beside: Table

    @cached_property
    def figures(self) -> Figures:
        """The indicators of the version."""
        return Figures(self.table)

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
