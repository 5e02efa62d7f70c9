"""Everything that the page of one indicator says, as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire.indicators.model import Header
from observatoire.model import Row
from observatoire.site.charts.choice import Figure
from observatoire.site.charts.marks import Drawing
from observatoire.site.charts.svg import Caption
from observatoire.site.measures import evolution, families, sections
from observatoire.site.measures.evolution import Beside, Place
from observatoire.site.measures.families import Key
from observatoire.site.measures.readings import Readings, Vintage
from observatoire.site.measures.sections import Chart, Section


@dataclass(frozen=True, slots=True)
class Step:
    """The headlines of a breakdown from one state to the next, the oldest first."""

    titre: str
    lines: tuple[tuple[str, tuple[Figure | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of an indicator."""

    header: Header
    key: Key | None
    sections: tuple[Section, ...]
    curves: tuple[Chart, ...]
    states: tuple[Vintage, ...]
    steps: tuple[Step, ...]
    beside: tuple[Beside, ...]

    def charts(self) -> Iterator[Chart]:
        """Every chart of the page."""
        yield from self.curves
        yield from (chart for section in self.sections for chart in section.charts)


def sheet(header: Header, readings: Readings, published: Sequence[Row], source: str) -> Sheet:
    """The page of an indicator; ``source`` is what its charts say of where they come from."""
    key = families.key(header, readings)
    names = dict(_names(header, readings)) | ({key.place: key.name} if key else {})
    places = list(dict.fromkeys([*([key.place] if key else []), *_published(published, names)]))
    drawn = evolution.curves(readings, published, places)
    return Sheet(
        header,
        key,
        tuple(sections.sections(header, readings, source)),
        tuple(_curve(header, names[place], place, drawing, source) for place, drawing in drawn),
        tuple(readings.shown),
        tuple(_steps(header, readings)),
        tuple(evolution.beside(published, names)),
    )


def _published(published: Sequence[Row], names: dict[Place, str]) -> Iterator[Place]:
    every = ((row["dimension"], row["modalite"]) for row in published)
    yield from (place for place in every if place in names)


def _names(header: Header, readings: Readings) -> Iterator[tuple[Place, str]]:
    """What each figure counts, in words."""
    for dimension in header.dimensions:
        for vintage in readings.vintages:
            for figure in readings.figures(dimension.nom, vintage):
                yield (dimension.nom, figure.code), Key(dimension, figure, vintage, "").name


def _steps(header: Header, readings: Readings) -> Iterator[Step]:
    for dimension in (d for d in header.dimensions if d.tete):
        latest = readings.latest(dimension.nom)
        figures = readings.figures(dimension.nom, latest) if latest else ()
        lines = tuple(
            (f.name, tuple(readings.at(dimension.nom, f.code, v) for v in readings.shown))
            for f in figures
        )
        if lines:
            yield Step(dimension.titre, lines)


def _curve(header: Header, name: str, place: Place, drawing: Drawing, source: str) -> Chart:
    title = f"{header.titre}, d'une édition à l'autre ({name})"
    desc = "Courbe dans le temps ; les valeurs sont dans les tableaux qui suivent."
    slug = f"evolution-{'-'.join(place)}"
    return sections.chart(header, slug, drawing, Caption(title, desc, source), name)
