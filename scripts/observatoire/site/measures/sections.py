"""The breakdowns of an indicator: their charts, and the table that says the same.

Breakdowns of several things by the same places ("Licence ouverte, par type", "Format ouvert, par
type") share a section and a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.indicators.model import CURRENT, Dimension, Header
from observatoire.site.charts import choice, svg
from observatoire.site.charts.choice import Chosen, Figure
from observatoire.site.charts.marks import Drawing
from observatoire.site.charts.svg import Caption
from observatoire.site.measures.readings import Readings, Vintage

MOST = 120
"""Lines of a table in a page; beyond, the file has them all."""

BY = ", "
"""In a title, between what is broken down and by what."""


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
class Column:
    """A column of figures; ``full``: each is shown with what it counts."""

    title: str
    under: str
    full: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: a place, its figure in each column."""

    name: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One or several breakdowns by the same places."""

    id: str
    titre: str
    caption: str
    charts: tuple[Chart, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: int
    remarks: tuple[str, ...]
    known: bool


def sections(header: Header, readings: Readings, source: str) -> Iterator[Section]:
    """Every breakdown that says more than the headlines; ``source`` is written under charts."""
    stacked = _stacked(header, readings)
    for group in _groups([d for d in header.dimensions if readings.latest(d.nom)]):
        known = [(d, v) for d in group if (v := readings.latest(d.nom))]
        if len(known) > 1:
            yield _together(header, readings, known, stacked.get(_suffix(group[0])), source)
            continue
        one = _alone(header, readings, *known[0], source)
        if one.total > 1 or not one.known or not group[0].tete:
            yield one


def chart(header: Header, slug: str, drawing: Drawing, caption: Caption, title: str = "") -> Chart:
    """A chart, for the page and as a file."""
    name = f"{header.id.lower()}-{slug.replace('_', '-')}"
    text, alone = svg.fluid(drawing, name, caption), svg.alone(drawing, name, caption)
    return Chart(f"{name}.svg", title, text, alone)


def _groups(dimensions: Sequence[Dimension]) -> list[list[Dimension]]:
    """Breakdowns by the same places stand together, where the first of them stood."""
    out: dict[tuple[str, ...], list[Dimension]] = {}
    for dimension in dimensions:
        what, by, _ = dimension.titre.rpartition(BY)
        place = dimension.titre.removeprefix(f"{what}{by}")
        key = (_suffix(dimension), place) if what and "_" in dimension.nom else (dimension.nom,)
        out.setdefault(key, []).append(dimension)
    return list(out.values())


def _suffix(dimension: Dimension) -> str:
    return dimension.nom.rpartition("_")[2]


def _alone(
    header: Header, readings: Readings, dimension: Dimension, vintage: Vintage, source: str
) -> Section:
    """One breakdown, as it stands and as it stood."""
    figures = readings.figures(dimension.nom, vintage)
    before = [
        v
        for v in reversed(readings.shown)
        if v != vintage and v.name != CURRENT and readings.figures(dimension.nom, v)
    ]
    columns = [Column(vintage.called, figures[0].unit, full=True)]
    columns += [Column(v.called, "", full=False) for v in before]
    lines = [
        Line(f.name, (f, *(readings.at(dimension.nom, f.code, v) for v in before))) for f in figures
    ]
    return Section(
        dimension.nom.replace("_", "-"),
        dimension.titre,
        f"{dimension.titre}, {vintage.when.lower()}",
        tuple(_charts(header, readings, [(dimension, vintage)], source)),
        tuple(columns),
        tuple(lines[:MOST]),
        len(lines),
        tuple(readings.remarks(dimension.nom, vintage)),
        any(f.value for f in figures),
    )


Known = Sequence[tuple[Dimension, Vintage]]
"""Breakdowns with the last state that says something of them."""


def _together(
    header: Header, readings: Readings, known: Known, stacked: Chosen | None, source: str
) -> Section:
    """Several breakdowns by the same places, side by side."""
    names = {f.code: f.name for d, v in known for f in readings.figures(d.nom, v)}
    lines = [
        Line(name, tuple(readings.at(d.nom, code, v) for d, v in known))
        for code, name in names.items()
    ]
    first, vintage = known[0]
    by = first.titre.rpartition(BY)[2]
    charts = list(_charts(header, readings, known, source))
    if stacked:
        caption = Caption(f"{header.titre} : {by}, {vintage.when.lower()}", stacked.desc, source)
        charts = [chart(header, f"parts-{_suffix(first)}", stacked.drawing, caption)]
    return Section(
        f"par-{_suffix(first)}",
        f"{by[:1].upper()}{by[1:]}",
        f"{header.titre}, {by}",
        tuple(charts),
        tuple(Column(d.titre.rpartition(BY)[0], v.called, full=True) for d, v in known),
        tuple(lines[:MOST]),
        len(lines),
        tuple(dict.fromkeys(r for d, v in known for r in readings.remarks(d.nom, v))),
        any(f and f.value for line in lines for f in line.figures),
    )


def _charts(header: Header, readings: Readings, known: Known, source: str) -> Iterator[Chart]:
    for dimension, vintage in known:
        chosen = choice.chart(dimension, readings.figures(dimension.nom, vintage))
        if chosen:
            told = f"{header.titre} : {dimension.titre}, {vintage.when.lower()}"
            title = f"{dimension.titre}, {vintage.when.lower()}" if len(known) > 1 else ""
            caption = Caption(told, chosen.desc, source)
            yield chart(header, dimension.nom, chosen.drawing, caption, title)


def _stacked(header: Header, readings: Readings) -> Mapping[str, Chosen]:
    """Where the parts of a whole are given by place, one chart tells them together."""
    out = {}
    names = {d.nom for d in header.dimensions}
    for whole in header.dimensions:
        vintage = readings.latest(whole.nom)
        parts = readings.figures(whole.nom, vintage) if vintage else ()
        if not vintage or not choice.partition(parts):
            continue
        for rest in _shared([p.code for p in parts], names):
            columns = [
                {f.code: f for f in readings.figures(f"{p.code}_{rest}", vintage)} for p in parts
            ]
            rows = [
                [column[code] for column in columns]
                for code in columns[0]
                if all(code in column for column in columns)
            ]
            out[rest] = choice.parts_by([p.name for p in parts], rows)
    return out


def _shared(codes: Sequence[str], names: set[str]) -> list[str]:
    """What follows every code: "region" for "communes_region" and "associes_region"."""
    ends = sorted(n.removeprefix(f"{codes[0]}_") for n in names if n.startswith(f"{codes[0]}_"))
    return [end for end in ends if all(f"{code}_{end}" in names for code in codes)]
