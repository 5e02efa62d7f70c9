"""Everything that the page of one indicator says, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.indicators.model import CURRENT, Dimension, Header
from observatoire.model import Row
from observatoire.site.charts import choice, svg
from observatoire.site.charts.choice import Chosen, Figure
from observatoire.site.charts.marks import Drawing
from observatoire.site.charts.svg import Caption
from observatoire.site.measures import evolution, families
from observatoire.site.measures.evolution import Beside, Place
from observatoire.site.measures.families import Key
from observatoire.site.measures.readings import Readings, Vintage

MOST = 120
"""Lines of a table in a page; beyond, the file has them all."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a page, as text to put there and as a file to download.

    ``title`` is "" where the heading above says it.
    """

    file: str
    title: str
    text: str
    alone: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: a figure, then the same in the states before, the newest first."""

    figure: Figure
    before: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown: its chart, its table, what to know."""

    id: str
    titre: str
    vintage: Vintage
    before: tuple[Vintage, ...]
    chart: Chart | None
    lines: tuple[Line, ...]
    total: int
    remarks: tuple[str, ...]
    known: bool
    unit: str


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
    breakdowns: tuple[Breakdown, ...]
    curves: tuple[Chart, ...]
    states: tuple[Vintage, ...]
    steps: tuple[Step, ...]
    beside: tuple[Beside, ...]

    def charts(self) -> Iterator[Chart]:
        """Every chart of the page."""
        yield from self.curves
        yield from (b.chart for b in self.breakdowns if b.chart)


def sheet(header: Header, readings: Readings, published: Sequence[Row], source: str) -> Sheet:
    """The page of an indicator; ``source`` is what its charts say of where they come from."""
    key = families.key(header, readings)
    names = dict(_names(header, readings))
    places = list(dict.fromkeys([*([key.place] if key else []), *_published(published, names)]))
    drawn = evolution.curves(readings, published, places)
    return Sheet(
        header,
        key,
        tuple(_breakdowns(header, readings, source)),
        tuple(_curve(header, names[place], place, drawing, source) for place, drawing in drawn),
        tuple(readings.shown),
        tuple(_steps(header, readings)),
        tuple(evolution.beside(published, names)),
    )


def _published(published: Sequence[Row], names: dict[Place, str]) -> Iterator[Place]:
    every = ((row["dimension"], row["modalite"]) for row in published)
    yield from (place for place in every if place in names)


def _names(header: Header, readings: Readings) -> Iterator[tuple[Place, str]]:
    """What each figure of the headlines counts, in words."""
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
    slug = f"evolution-{'-'.join(place)}".replace("_", "-")
    return _chart(header, slug, drawing, Caption(title, desc, source), name)


def _breakdowns(header: Header, readings: Readings, source: str) -> Iterator[Breakdown]:
    stacked = dict(_stacked(header, readings))
    for dimension in header.dimensions:
        vintage = readings.latest(dimension.nom)
        if vintage is None:
            continue
        title, chosen = stacked.get(dimension.nom, ("", None))
        chosen = chosen or choice.chart(dimension, readings.figures(dimension.nom, vintage))
        told = title or f"{header.titre} : {dimension.titre}"
        chart = None
        if chosen:
            caption = Caption(f"{told}, {vintage.when.lower()}", chosen.desc, source)
            slug = dimension.nom.replace("_", "-")
            chart = _chart(header, slug, chosen.drawing, caption, title)
        yield _breakdown(dimension, readings, vintage, chart)


def _breakdown(
    dimension: Dimension, readings: Readings, vintage: Vintage, chart: Chart | None
) -> Breakdown:
    figures = readings.figures(dimension.nom, vintage)
    before = tuple(
        v
        for v in reversed(readings.shown)
        if v != vintage and v.name != CURRENT and readings.figures(dimension.nom, v)
    )
    return Breakdown(
        dimension.nom.replace("_", "-"),
        dimension.titre,
        vintage,
        before,
        chart,
        tuple(
            Line(f, tuple(readings.at(dimension.nom, f.code, v) for v in before))
            for f in figures[:MOST]
        ),
        len(figures),
        tuple(readings.remarks(dimension.nom, vintage)),
        any(f.value for f in figures),
        figures[0].unit,
    )


def _stacked(header: Header, readings: Readings) -> Iterator[tuple[str, tuple[str, Chosen]]]:
    """Where the parts of a whole are also given by territory, one chart tells them together.

    The breakdown that it stands in, its title, the chart.
    """
    for whole in header.dimensions:
        vintage = readings.latest(whole.nom)
        parts = readings.figures(whole.nom, vintage) if vintage else ()
        if not vintage or not choice.partition(parts):
            continue
        for rest in _shared([p.code for p in parts], [d.nom for d in header.dimensions]):
            columns = [
                {f.code: f for f in readings.figures(f"{p.code}_{rest}", vintage)} for p in parts
            ]
            rows = [[c[code] for c in columns] for code in columns[0] if _everywhere(code, columns)]
            first = f"{parts[0].code}_{rest}"
            by = header.dimension(first).titre.rpartition(", ")[2]
            names = [p.name for p in parts]
            yield first, (f"{header.titre}, {by}", choice.parts_by(names, rows))


def _shared(codes: Sequence[str], names: Sequence[str]) -> list[str]:
    """What follows every code: "region" for "communes_region" and "associes_region"."""
    ends = [n.removeprefix(f"{codes[0]}_") for n in names if n.startswith(f"{codes[0]}_")]
    return [end for end in ends if all(f"{code}_{end}" in names for code in codes)]


def _everywhere(code: str, columns: Sequence[Mapping[str, Figure]]) -> bool:
    return all(code in column for column in columns)


def _chart(header: Header, slug: str, drawing: Drawing, caption: Caption, title: str = "") -> Chart:
    name = f"{header.id.lower()}-{slug}"
    return Chart(
        f"{name}.svg",
        title,
        svg.fluid(drawing, name, caption),
        svg.alone(drawing, name, caption),
    )
