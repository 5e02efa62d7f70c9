"""Every organisation to search, filter, sort and download; Datami beside, when it is asked for."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import groupby

from observatoire.indicators import absence
from observatoire.letters import plain
from observatoire.site import explorer, policy
from observatoire.site.content import Content
from observatoire.site.page import Entry, File, Item, Page

MENU = Entry(10, "Explorer", "explorer/index.html")
INDEX = "explorer/organismes.json"
FORMER = "tableau/index.html"
FIRST = 100
"""The lines that are in the page itself, as many as on a page of results."""


def pages(content: Content) -> Iterator[Item]:
    """The explorer, its index, Datami alone, and the way from the former address."""
    found = _lines(content)
    about = {"version": content.tag, "date": content.date}
    index = explorer.index(found, content.types(), content.atlas.reference, about)
    yield Page(
        MENU.path,
        "explorer.html.j2",
        {
            "first": found[:FIRST],
            "total": len(found),
            "types": content.types(),
            "departements": content.atlas.reference.departements,
            "territories": list(_territories(content)),
            "nothing": explorer.NOTHING,
            "unknown": explorer.UNKNOWN,
        },
        policy.INDEX,
    )
    yield File(INDEX, index)
    # GitLab Pages sends this one to browsers that can read it: a third of the bytes.
    yield File(f"{INDEX}.gz", gzip.compress(index, mtime=0))
    yield Page(
        "explorer/datami/index.html",
        "datami.html.j2",
        {"script": policy.SCRIPT},
        policy.widget(content.source),
    )
    yield Page(FORMER, "tableau.html.j2", {})


def _lines(content: Content) -> list[explorer.Line]:
    view = content.table("vue-datami.csv").records()
    silent = content.table(f"{absence.NAME}.csv").records()
    return explorer.lines(view, silent, content.atlas.reference)


def _territories(content: Content) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The régions with the codes and names of their départements, by name."""
    reference = content.atlas.reference
    names = {code: place.nom for code, place in reference.regions.items()}
    found = sorted(
        (plain(names[d.region]), names[d.region], d.code, d.nom)
        for d in reference.departements.values()
        if d.region in names
    )
    for (_, region), group in groupby(found, key=lambda one: one[:2]):
        yield region, [(code, name) for *_, code, name in group]
