"""All that the page of a région or of a département says, as plain data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from observatoire.indicators.records import Organisation
from observatoire.model import Row
from observatoire.reference.lookup import Place
from observatoire.site.figures import Figure, Figures
from observatoire.site.maps import france
from observatoire.site.maps.coloured import Map, coloured
from observatoire.site.maps.outlines import Shape
from observatoire.site.places.atlas import Atlas
from observatoire.site.places.neighbours import Link, path_of
from observatoire.site.places.volume import Amount
from observatoire.table import Table

SILENT = {"departement": 250, "region": 100}
"""The most silent bodies that a page lists: it stays under 150 KB."""

SIDE = 420
"""The size of the map of a région."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody who publishes."""

    nom: str
    path: str
    type: str
    datasets: str
    places: int


@dataclass(frozen=True, slots=True)
class Silent:
    """An obliged body that publishes nothing; ``path`` is its page when it has one."""

    nom: str
    path: str
    type: str
    people: str
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """A département in the table of its région."""

    place: Link
    rate: Figure | None
    count: Figure | None


@dataclass(frozen=True, slots=True)
class Territory:
    """A région or a département; ``left`` silent bodies are not listed. ``inherited``: how many of
    its publications still come from the past editions, out of all.

    ``body`` is the page of the body that holds its powers; ``lines`` are its départements.
    """

    kind: str
    code: str
    nom: str
    people: str
    parent: Link | None
    body: Link | None
    rate: Figure | None
    count: Figure | None
    cover: Figure | None
    map: Map | None
    lines: tuple[Line, ...]
    silent: tuple[Silent, ...]
    left: int
    feed: str
    inherited: tuple[int, int]


@dataclass(frozen=True)
class Territories:
    """What makes the territories of a version; ``absent`` lists the obliged that are silent."""

    atlas: Atlas
    figures: Figures
    absent: Table
    shapes: Mapping[str, Shape]
    amounts: Mapping[str, Amount]
    feeds: frozenset[str]

    def departement(self, place: Place) -> Territory:
        """A département, in the map of its région."""
        parent = self.atlas.region(place.region)
        link = Link(parent.nom, f"regions/{parent.code}/index.html") if parent else None
        feed = f"flux/{place.code}.xml" if place.code in self.feeds else ""
        return self._made("departement", place, link, self._map(place.region, place.code), feed)

    def region(self, place: Place) -> Territory:
        """A région, with its départements."""
        return self._made("region", place, None, self._map(place.code), "")

    def _made(
        self, kind: str, place: Place, parent: Link | None, drawn: Map | None, feed: str
    ) -> Territory:
        silent = [self._absent(row) for row in self._absences.get((kind, place.code), ())]
        return Territory(
            kind=kind,
            code=place.code,
            nom=place.nom,
            people="" if place.population is None else str(place.population),
            parent=parent,
            body=self._body(place.siren),
            rate=self.figures.at("I3", (kind, place.code)),
            count=self.figures.at("I12", (kind, place.code)),
            cover=self.figures.at("I5", (kind, place.code)),
            map=drawn,
            lines=tuple(self.lines(place.code if kind == "region" else place.region)),
            silent=tuple(silent[: SILENT[kind]]),
            left=max(0, len(silent) - SILENT[kind]),
            feed=feed,
            inherited=self._inherited.get((kind, place.code), (0, 0)),
        )

    def lines(self, region: str) -> Iterator[Line]:
        """The départements of a région by code."""
        for code in self.codes(region):
            yield Line(
                Link(
                    self.atlas.reference.departements[code].nom, f"departements/{code}/index.html"
                ),
                self.figures.at("I3", ("departement", code)),
                self.figures.at("I12", ("departement", code)),
            )

    def codes(self, region: str) -> list[str]:
        """The codes of the départements of a région."""
        places = self.atlas.reference.departements.values()
        return sorted(p.code for p in places if p.region == region)

    def _map(self, region: str, here: str = "") -> Map | None:
        drawing = france.some(self.shapes, self.codes(region), SIDE, SIDE)
        if not drawing.parts:
            return None
        return coloured(drawing, self.atlas.reference.departements, self.rate, here)

    def rate(self, departement: str) -> Figure | None:
        """The share of obliged bodies of a département that publish."""
        return self.figures.at("I3", ("departement", departement))

    def _body(self, siren: str) -> Link | None:
        one = self.atlas.known.get(siren)
        return Link(self.atlas.called(one), path_of(siren)) if one else None

    def open(self, kind: str, code: str) -> list[Listed]:
        """Who publishes in a région or a département: those with the most datasets first."""
        found = self._by_place.get((kind, code), ())
        order = sorted(found, key=lambda o: (-self.amounts[o.siren].high, o.nom, o.siren))
        return [self._listed(one) for one in order]

    def _listed(self, one: Organisation) -> Listed:
        amount = self.amounts[one.siren]
        kind = self.atlas.types.get(one.type, one.type)
        name = self.atlas.called(one)
        return Listed(name, path_of(one.siren), kind, amount.text, amount.platforms)

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], list[Organisation]]:
        """The open actors of each région and département, as the indicator counts them."""
        found: dict[tuple[str, str], list[Organisation]] = {}
        for one in self.atlas.snapshot.actors.values():
            found.setdefault(("departement", one.departement), []).append(one)
            found.setdefault(("region", one.region), []).append(one)
        return found

    @cached_property
    def _inherited(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        origins: dict[tuple[str, str], list[str]] = defaultdict(list)
        for found in self.atlas.snapshot.published:
            one = self.atlas.snapshot.actors[found.siren]
            origins["departement", one.departement].append(found.origine)
            origins["region", one.region].append(found.origine)
        return {place: (all_.count("reprise"), len(all_)) for place, all_ in origins.items()}

    def _absent(self, row: Row) -> Silent:
        path = path_of(row["siren"]) if row["siren"] in self.atlas.known else ""
        kind = self.atlas.types.get(row["type"], row["type"])
        return Silent(row["nom"], path, kind, row["population"], row["situation"])

    @cached_property
    def _absences(self) -> Mapping[tuple[str, str], list[Row]]:
        """The obliged bodies that are silent, in the order of the list.

        A région is in no département, as in the indicator.
        """
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.absent.records():
            found.setdefault(("region", row["region"]), []).append(row)
            if row["type"] != "REG":
                found.setdefault(("departement", row["departement"]), []).append(row)
        return found
