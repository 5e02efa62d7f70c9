"""Indicators: the list of them, then a page each, with its charts and its data."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire import french, indicators
from observatoire.indicators import readable
from observatoire.indicators.model import Indicator
from observatoire.publish.draft import FOLDER
from observatoire.site.content import Content
from observatoire.site.measures import families
from observatoire.site.measures.readings import Readings
from observatoire.site.measures.sheet import Sheet, sheet
from observatoire.site.page import Entry, File, Item, Page

MENU = Entry(30, "Indicateurs", "indicateurs/index.html")
PLACE = "indicateurs"


def pages(content: Content) -> Iterator[Item]:
    """The list, the pages, their charts and their tables as files."""
    made = list(_sheets(content))
    found = {s.header.id: s for _, s in made}
    groups = [
        (family, [found[h.id] for h in headers])
        for family, headers in families.grouped(s.header for _, s in made)
    ]
    yield Page(f"{PLACE}/index.html", "indicateurs.html.j2", {"groups": groups})
    for rank, (indicator, one) in enumerate(made):
        folder = f"{PLACE}/{one.header.id}"
        table = f"{readable.name_of(indicator)}.csv"
        data = content.files[f"{FOLDER}/{readable.FOLDER}/{table}"]
        around = [s.header for _, s in (*made[max(rank - 1, 0) : rank], *made[rank + 1 : rank + 2])]
        values = {"sheet": one, "table": table, "bytes": len(data), "around": around}
        yield Page(f"{folder}/index.html", "indicateur.html.j2", values)
        yield File(f"{folder}/{table}", data)
        yield from (File(f"{folder}/{chart.file}", chart.alone) for chart in one.charts())


def _sheets(content: Content) -> Iterator[tuple[Indicator, Sheet]]:
    published = list(content.table("comparaison.csv").records())
    source = (
        "Source : Observatoire open data des territoires, OpenDataFrance, version"
        f" {content.tag} du {french.day(content.date)}. Licence Ouverte 2.0."
    )
    for indicator in indicators.discover():
        path = f"{readable.FOLDER}/{readable.name_of(indicator)}.csv"
        rows = [r for r in published if r["indicateur"] == indicator.HEADER.id]
        yield (
            indicator,
            sheet(indicator.HEADER, Readings(content.table(path), indicator.HEADER), rows, source),
        )
