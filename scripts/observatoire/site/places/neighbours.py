"""The organisations that a reader would compare: same intercommunalité, same kind, same place."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire import french
from observatoire.indicators.model import ASSOCIES, EPCI
from observatoire.indicators.records import Organisation
from observatoire.site.places.atlas import Atlas

SHOWN = 8
LOCAL = "EPT"


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site by its path from the root; ``more`` says what to know about it."""

    label: str
    path: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Some neighbours; ``of`` says how many there are in all when some are left out."""

    title: str
    links: tuple[Link, ...]
    left: int = 0


def path_of(siren: str) -> str:
    """The page of an organisation."""
    return f"organisations/{siren}/index.html"


def family(kind: str) -> str:
    """The kinds that compare with each other: all EPCI, all associated bodies."""
    if kind in (*EPCI, LOCAL):
        return "EPCI"
    return "associes" if kind in ASSOCIES else kind


TITLES = {
    "COM": "Communes du département qui publient, les plus proches en population",
    "EPCI": "Intercommunalités du département qui publient",
    "DEP": "Départements de la région qui publient",
    "REG": "Régions qui publient, les plus proches en population",
    "associes": "Acteurs associés du département qui publient",
}


class Neighbours:
    """The open organisations, in groups sorted by population."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self._known: dict[str, Link] = {}

    def of(self, one: Organisation) -> tuple[Group, ...]:
        """The groups of an organisation that hold somebody."""
        members = self._members(one)
        seen = {siren for _, siren in members} | {one.siren}
        found = [g for g in (self._grouped(one, members), self._alike(one, seen)) if g]
        return tuple(found)

    def _members(self, one: Organisation) -> Sequence[tuple[int, str]]:
        """Who publishes in the intercommunalité of a commune, or among the members of an EPCI."""
        body = self.atlas.body(one.siren)
        if body is None:
            return []
        group = body.epci if one.type == "COM" else one.siren
        return [m for m in self._by_group.get(group, ()) if m[1] != one.siren]

    def _grouped(self, one: Organisation, members: Sequence[tuple[int, str]]) -> Group | None:
        if not members:
            return None
        title = "Communes membres qui publient"
        if one.type == "COM":
            body = self.atlas.body(one.siren)
            group = self.atlas.body(body.epci) if body else None
            title = f"Dans la même intercommunalité{f', {group.nom}' if group else ''}"
        first = members[:SHOWN]
        return Group(title, self._links(s for _, s in first), len(members) - len(first))

    def _alike(self, one: Organisation, seen: set[str]) -> Group | None:
        """Those of the same kind nearby whose population is the closest."""
        kind = family(one.type)
        every = self._by_place.get(self._place(one), ())
        at = bisect_left(every, (-self.atlas.people(one.siren), one.siren))
        near = every[max(0, at - SHOWN - len(seen)) : at + SHOWN + len(seen) + 1]
        mine = self.atlas.people(one.siren)
        left = [(abs(-size - mine), size, siren) for size, siren in near if siren not in seen]
        chosen = sorted(sorted(left)[:SHOWN], key=lambda found: found[1:])
        if not chosen or kind not in TITLES:
            return None
        return Group(TITLES[kind], self._links(siren for _, _, siren in chosen))

    def _links(self, sirens: Iterator[str]) -> tuple[Link, ...]:
        return tuple(self._known.get(siren) or self._link(siren) for siren in sirens)

    def _link(self, siren: str) -> Link:
        """The link to an organisation, made once: it is a neighbour on many pages."""
        one, people = self.atlas.known[siren], self.atlas.people(siren)
        more = f"{french.number(people)} hab." if people else ""
        link = Link(self.atlas.called(one), path_of(siren), more)
        return self._known.setdefault(siren, link)

    def _place(self, one: Organisation) -> tuple[str, str]:
        """The group of comparable organisations in which one stands."""
        kind = family(one.type)
        where = {"REG": "", "DEP": one.region}.get(kind, one.departement)
        return kind, where

    @cached_property
    def _by_group(self) -> Mapping[str, Sequence[tuple[int, str]]]:
        """The open bodies of each EPCI, itself first, then its communes by population."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for siren in self.atlas.snapshot.open_sirens:
            body = self.atlas.body(siren)
            if body is not None and body.epci:
                found[body.epci].append((-(body.population or 0), siren))
        return {group: [*self._itself(group), *sorted(members)] for group, members in found.items()}

    def _itself(self, group: str) -> list[tuple[int, str]]:
        return [(0, group)] if group in self.atlas.snapshot.open_sirens else []

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str], Sequence[tuple[int, str]]]:
        found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for one in self.atlas.snapshot.open:
            found[self._place(one)].append((-self.atlas.people(one.siren), one.siren))
        return {place: sorted(members) for place, members in found.items()}
