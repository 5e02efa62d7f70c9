"""The figures of a version as the home page tells them: editions, curve."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from observatoire import french
from observatoire.indicators.model import CURRENT
from observatoire.site.charts import svg
from observatoire.site.charts.curve import Series, Stop, draw
from observatoire.site.charts.svg import Caption
from observatoire.site.figures import Figure, Figures
from observatoire.site.measures.evolution import OURS, THEIRS
from observatoire.site.measures.readings import called
from observatoire.site.moments import moment
from observatoire.table import Table

ACTORS = ("groupe", "collectivites")
CAPTION = Caption(
    "Collectivités ouvertes, d'une édition à l'autre",
    "Courbe dans le temps ; les valeurs sont dans les tableaux qui suivent.",
)


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

    def published(self) -> list[Stop]:
        """Open collectivités as each edition printed them, oldest first."""
        found = [
            _stop(
                moment(r["millesime"], r["date"]), int(r["valeur_publiee"]), called(r["millesime"])
            )
            for r in self.beside.records()
            if (r["indicateur"], r["dimension"], r["modalite"]) == ("I1", *ACTORS)
        ]
        return sorted(found, key=lambda stop: stop.when)

    def curve(self) -> str:
        """Open collectivités through the editions, as SVG."""
        ours = [
            _stop(moment(e.name, e.date), e.collectivites.part, e.name) for e in self.editions()
        ]
        theirs = self.published()
        series = [(OURS, sorted(ours, key=lambda s: s.when)), (THEIRS, theirs)]
        drawing = draw([Series(name, tuple(stops)) for name, stops in series if stops])
        return svg.fluid(drawing, "courbe", CAPTION)


def _stop(when: float, value: int, vintage: str) -> Stop:
    text = french.number(value)
    return Stop(when, value, text, f"{vintage} : {text}")


def _called(vintage: str) -> str:
    """An edition, a published version, the register as it stands."""
    return "Registre" if vintage == CURRENT else called(vintage)
