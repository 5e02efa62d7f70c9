"""Who a SIREN names in the official reference, and who a row most likely means."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from observatoire.model import Malformed
from observatoire.names import normalise
from observatoire.reference import lookup
from observatoire.reference.lookup import Body, Commune, Reference
from observatoire.register import Register
from observatoire.validate.kinds import EPCI

if TYPE_CHECKING:
    from observatoire.validate.sheet import Sheet


class Former(NamedTuple):
    """A body that is in an older vintage only, and the one that took its place, if known."""

    body: Body
    vintage: str
    successor: Body | None


class Directory:
    """The newest vintage of the reference, and the older ones for bodies that are gone.

    ``sheet`` gives tables that were read already. Of the older vintages, only what concerns the
    bodies that are asked for (``want``) is kept.
    """

    def __init__(
        self, register: Register, sheet: Callable[[str], Sheet | None] = lambda _: None
    ) -> None:
        self._register = register
        self._sheet = sheet
        self._wanted: frozenset[str] = frozenset()

    def want(self, sirens: Iterable[str]) -> None:
        """These bodies will be asked for."""
        more = self._wanted.union(sirens)
        if more != self._wanted:
            self._wanted = more
            self.__dict__.pop("_older", None)

    @cached_property
    def current(self) -> Reference | None:
        """The newest vintage; None when there is none to read."""
        years = self._register.vintages()
        return self._load(years[-1]) if years else None

    @property
    def vintage(self) -> str:
        """The year of the newest vintage; "" without any."""
        return self.current.vintage if self.current else ""

    @property
    def bodies(self) -> Mapping[str, Body]:
        """The bodies of the newest vintage, by SIREN."""
        return self.current.bodies if self.current else {}

    def levels(self, siren: str) -> frozenset[str]:
        """The types of a body: Paris is a commune and a département."""
        if self.current is None or siren not in self.bodies:
            return frozenset()
        found = {self.bodies[siren].type}
        found |= {"DEP" for p in self.current.departements.values() if p.siren == siren}
        found |= {"REG" for p in self.current.regions.values() if p.siren == siren}
        return frozenset(found)

    def meant(self, name: str, departement: str, kind: str) -> list[Body]:
        """The current bodies of that name and kind in a département (anywhere when "")."""
        if self.current is None:
            return []
        if kind in ("DEP", "REG"):
            found = self._seats(name, departement)
        elif not departement:
            found = self.current.named(name, departement)
        else:
            wanted = normalise(name)
            pool = self._by_departement.get(departement, ())
            found = [b for b in pool if normalise(b.nom) == wanted]
        kinds = EPCI if kind in EPCI else {kind}
        return [b for b in found if b.type in kinds]

    def _seats(self, name: str, departement: str) -> list[Body]:
        """The départements and régions of that name: to index 120 names, and not 36,000."""
        found = self._without_communes.named(name, departement) if self._without_communes else []
        return [self.bodies[body.siren] for body in found]

    @cached_property
    def _without_communes(self) -> Reference | None:
        now = self.current
        return now and lookup.Reference(now.vintage, (), (), now.departements, now.regions)

    @cached_property
    def _nameless(self) -> list[Commune]:
        """The communes listed without their SIREN."""
        return [c for c in self.current.communes if not c.siren] if self.current else []

    @cached_property
    def _by_departement(self) -> Mapping[str, list[Body]]:
        """The bodies of each département: to compare 350 names costs less than to index 36,000."""
        out: defaultdict[str, list[Body]] = defaultdict(list)
        for body in self.bodies.values():
            out[body.departement].append(body)
        return out

    def unlisted(self, name: str, departement: str) -> bool:
        """Whether the reference cannot tell: overseas, or a commune listed without its SIREN."""
        if self.current is None:
            return True
        place = self.current.departements.get(departement)
        if place and place.zone == "com":
            return True
        wanted = normalise(name)
        there = (c for c in self._nameless if c.departement == departement)
        return any(normalise(c.nom) == wanted for c in there)

    def absorbed(self, name: str, departement: str) -> Body | None:
        """The commune that a former commune of that name is now part of, when only one was."""
        if self.current is None:
            return None
        wanted = normalise(name)
        homes = {
            a.commune
            for a in self.current.anciennes
            if a.departement == departement and normalise(a.nom) == wanted
        }
        home = self.current.commune_of.get(homes.pop()) if len(homes) == 1 else None
        return self.bodies.get(home.siren) if home else None

    def older_types(self, siren: str) -> frozenset[str]:
        """The types that a body had in the older vintages."""
        return frozenset(r.bodies[siren].type for r in self._older if siren in r.bodies)

    def former(self, siren: str) -> Former | None:
        """What an unknown SIREN named in an older vintage."""
        for reference in self._older:
            body = reference.bodies.get(siren)
            if body:
                return Former(body, reference.vintage, self._successor(body, reference))
        return None

    def _successor(self, body: Body, then: Reference) -> Body | None:
        """Where its inhabitants are today: the new commune, or the EPCI of most of its communes."""
        if self.current is None:
            return None
        now = self.current.commune_of
        if body.type == "COM":
            former = self.current.ancienne_of.get(body.code)
            home = now.get(former.commune if former else body.code)
            return self.bodies.get(home.siren) if home else None
        members = [c.code for c in then.communes if body.siren in (c.epci, c.ept)]
        homes = Counter(now[c].epci for c in members if c in now and now[c].epci)
        return self.bodies.get(homes.most_common(1)[0][0]) if homes else None

    @cached_property
    def _older(self) -> tuple[Reference, ...]:
        return tuple(self._vintages())

    def _vintages(self) -> Iterator[Reference]:
        for year in reversed(self._register.vintages()[:-1]):
            reference = self._load(year, self._wanted)
            if reference:
                yield reference

    def _load(self, vintage: str, about: frozenset[str] = frozenset()) -> Reference | None:
        """A vintage, or what it says about some bodies and their communes.

        One that cannot be read is the matter of the check ``lecture``; a number in it that is none
        is that of ``type-de-valeur``.
        """
        try:
            sheet = self._sheet(f"reference/{vintage}/communes")
            communes = _communes(sheet, about) if sheet else None
            return lookup.load(self._register, vintage, communes)
        except (Malformed, ValueError):
            return None


def _communes(sheet: Sheet, about: frozenset[str]) -> list[Commune]:
    columns = [sheet.column(name) for name in Commune._fields]
    if about:
        links = [sheet.column(name) for name in ("siren", "epci", "ept")]
        chosen = [not about.isdisjoint(row) for row in zip(*links, strict=True)]
        columns = [list(compress(column, chosen)) for column in columns]
    people = [int(cell) if cell else None for cell in columns.pop()]
    return list(map(Commune, *columns, people))
