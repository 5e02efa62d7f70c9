"""The pages of territories: France, each région, each département."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from observatoire.names import normalise
from observatoire.site.content import Content
from observatoire.site.maps import france, outlines
from observatoire.site.maps.coloured import Map, coloured
from observatoire.site.page import Entry, Item, Page
from observatoire.site.places import volume
from observatoire.site.places.neighbours import Link
from observatoire.site.places.territory import Listed, Territories, Territory

MENU = Entry(20, "Territoires", "territoires/index.html")
SHOWN, OF_REGION = 400, 100
"""The most organisations that a page lists: that of a département stays under 150 KB.

A région leaves most of its own to the pages of its départements.
"""


def pages(content: Content) -> Iterator[Item]:
    """France, then the régions, then the départements by code."""
    made = territories(content)
    reference = content.atlas.reference
    regions = [made.region(place) for _, place in sorted(reference.regions.items())]
    yield Page("territoires/index.html", "territoires.html.j2", _values(content, made), closed=True)
    for region in regions:
        yield _region(region, made.open("region", region.code))
    for _, place in sorted(reference.departements.items()):
        yield from _departement(made.departement(place), made.open("departement", place.code))


def _values(content: Content, made: Territories) -> Mapping[str, object]:
    """France, région par région: those of the mainland first, each group by name."""
    order = sorted(
        content.atlas.reference.regions.values(),
        key=lambda place: (place.zone != "metro", normalise(place.nom)),
    )
    rows = [
        {
            "place": Link(place.nom, f"regions/{place.code}/index.html"),
            "rate": content.story.figures.at("I3", ("region", place.code)),
            "lines": [*made.lines(place.code)],
        }
        for place in order
    ]
    return {"map": national(content), "rows": rows, "date": content.date}


def _region(region: Territory, found: list[Listed]) -> Page:
    path = f"regions/{region.code}/index.html"
    left = max(0, len(found) - OF_REGION)
    values = {"t": region, "open": found[:OF_REGION], "all": len(found), "left": left, "next": None}
    return Page(path, "territoire.html.j2", values, closed=True)


def _departement(departement: Territory, found: list[Listed]) -> Iterator[Page]:
    """The département; where more publish than a page can list, pages that go on."""
    home = f"departements/{departement.code}/"
    parts = [found[at : at + SHOWN] for at in range(0, len(found), SHOWN)] or [[]]
    following = [f"{home}suite-{rank}/index.html" for rank in range(2, len(parts) + 1)]
    paths = [f"{home}index.html", *following]
    for rank, (part, path, after) in enumerate(zip(parts, paths, [*following, None], strict=True)):
        template = "suite.html.j2" if rank else "territoire.html.j2"
        values = {"t": departement, "open": part, "all": len(found), "left": 0, "next": after}
        yield Page(path, template, values | {"rank": rank + 1}, closed=True)


def territories(content: Content) -> Territories:
    """What makes the territories of a version."""
    atlas = content.atlas
    return Territories(
        atlas,
        content.story.figures,
        content.table("liste_obliges_sans_publication.csv"),
        outlines.read(content.files, "departements"),
        volume.amounts(atlas.snapshot.publications),
        frozenset(feed.code for feed in content.feeds()),
    )


def national(content: Content) -> Map:
    """All of France, each département with the share of its obliged bodies that publish.

    The collectivités d'outre-mer have no outline: those where people live are squares.
    """
    shapes = outlines.read(content.files, "departements")
    places, figures = content.atlas.reference.departements, content.story.figures
    others = [c for c, p in sorted(places.items()) if p.zone == "com" and p.population]
    drawing = france.whole({c: s for c, s in shapes.items() if c in places}, others)
    return coloured(drawing, places, lambda code: figures.at("I3", ("departement", code)))
