"""A figure from one state of the register to the next, beside what was published at the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire import french
from observatoire.model import Row
from observatoire.site.charts import curve
from observatoire.site.charts.curve import Series, Stop
from observatoire.site.charts.marks import Drawing
from observatoire.site.measures.readings import Readings, called
from observatoire.site.moments import moment

OURS, THEIRS = "Recalculé par le registre", "Publié à l’époque"
TWO = 2

Place = tuple[str, str]
"""A breakdown and one of its codes."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A published figure and ours; the words are ready to print."""

    name: str
    when: str
    published: str
    counted: str
    computed: str
    recounted: str
    gap: str
    why: str
    source: str


def curves(
    readings: Readings, published: Sequence[Row], places: Sequence[Place]
) -> Iterator[tuple[Place, Drawing]]:
    """One curve per place that has at least two dated values, one of them above zero."""
    for place in places:
        ours = Series(OURS, tuple(_ours(readings, place)))
        theirs = Series(THEIRS, tuple(_theirs(published, place)))
        stops = ours.stops + theirs.stops
        if len(stops) >= TWO and any(stop.value for stop in stops):
            yield place, curve.draw([s for s in (ours, theirs) if s.stops])


def _ours(readings: Readings, place: Place) -> Iterator[Stop]:
    for vintage in readings.vintages:
        figure = readings.at(*place, vintage)
        if figure and figure.number is not None:
            when = moment(vintage.name, vintage.date)
            yield Stop(when, figure.number, figure.text, f"{vintage.when} : {figure.text}")


def _theirs(published: Sequence[Row], place: Place) -> Iterator[Stop]:
    stops = []
    for row in published:
        if (row["dimension"], row["modalite"]) == place and row["valeur_publiee"]:
            text = french.measure(row["valeur_publiee"], row["unite"])
            when = moment(row["millesime"], row["date"])
            title = f"{called(row['millesime'])}, publié : {text}"
            stops.append(Stop(when, float(row["valeur_publiee"]), text, title))
    yield from sorted(stops, key=lambda s: s.when)


def beside(published: Sequence[Row], names: dict[Place, str]) -> Iterator[Beside]:
    """Each published figure, with ours and why they differ."""
    for row in published:
        place = (row["dimension"], row["modalite"])
        yield Beside(
            name=names.get(place, row["modalite"]),
            when=called(row["millesime"]),
            published=french.measure(row["valeur_publiee"], row["unite"]),
            counted=_counted(row, "publie"),
            computed=french.measure(row["valeur_calculee"], row["unite"]),
            recounted=_counted(row, "calcule"),
            gap=french.gap(row["ecart"], row["unite"]),
            why=row["explication"],
            source=row["source"],
        )


def _counted(row: Row, whose: str) -> str:
    part, of = row[f"numerateur_{whose}"], row[f"denominateur_{whose}"]
    if part and of:
        return french.ratio(part, of)
    return f"sur {french.number(of)}" if of else ""
