"""One vintage of the reference in memory: its authorities by SIREN, by place, by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from observatoire.names import EPCI_KINDS, kind_hint, normalise
from observatoire.reference.records import Ancienne, Body, Commune, Groupement, Place

LYON = "200046977"
"""The Métropole de Lyon: an EPCI that exercises the powers of a département on its territory
(Code général des collectivités territoriales, art. L3611-1)."""

RHONE = "226900017"
"""The département du Rhône: what is left of 69 outside the Métropole de Lyon."""

MAYOTTE = "229850003"
"""The one body that is listed at two levels and legally called a département (CGCT, L4437-1)."""


NOWHERE: Mapping[str, Place] = MappingProxyType({})


class _Tables(NamedTuple):
    vintage: str
    communes: Sequence[Commune]
    groupements: Sequence[Groupement] = ()
    departements: Mapping[str, Place] = NOWHERE
    regions: Mapping[str, Place] = NOWHERE
    anciennes: Sequence[Ancienne] = ()


class Reference(_Tables):
    """One vintage of the reference. Only the tables are given; the rest is worked out on demand."""

    def __repr__(self) -> str:
        return f"Reference({self.vintage!r})"

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """Every authority once, by SIREN.

        A SIREN that holds several levels is one body: Paris is a COM, the Métropole de Lyon a MET,
        Corse, Martinique, Guyane and the overseas collectivities are REG, Mayotte is a DEP, the
        Collectivité européenne d'Alsace a DEP whose code is 67.
        """
        out = {b.siren: b for b in self._departmental()}
        out |= {b.siren: b for b in self._regional() if b.siren != MAYOTTE}
        out |= {
            c.siren: Body(
                c.siren, c.nom, "COM", c.code, c.departement, c.region, c.population, c.epci, c.ept
            )
            for c in self.communes
            if c.siren
        }
        out |= {
            g.siren: Body(g.siren, g.nom, g.type, g.siren, g.departement, g.region, g.population)
            for g in self.groupements
        }
        return out

    @cached_property
    def commune_of(self) -> Mapping[str, Commune]:
        """The communes by INSEE code."""
        return {c.code: c for c in self.communes}

    @cached_property
    def ancienne_of(self) -> Mapping[str, Ancienne]:
        """The former communes by the INSEE code they had."""
        return {a.code: a for a in self.anciennes}

    def region_of(self, departement: str) -> str:
        """The code of the région of a département; "" when there is no such département."""
        place = self.departements.get(departement)
        return place.region if place else ""

    def departements_of(self, body: Body) -> AbstractSet[str]:
        """The codes of all the départements where a body has a part of its territory."""
        return self._spread.get(body.siren) or {body.departement}

    def named(self, name: str, departement: str = "", type: str = "") -> list[Body]:
        """The bodies of that name, in SIREN order; those of one département when it is given.

        Without ``type``, a name that announces its kind (« Ville de », « CC du ») only finds bodies
        of that kind; the kinds of EPCI and EPT are one, for names mix them up.
        """
        kinds = (type,) if type else _compatible(kind_hint(name))
        return [
            b
            for b in self._named.get(normalise(name), ())
            if (not kinds or b.type in kinds)
            and (not departement or departement in self.departements_of(b))
        ]

    @cached_property
    def _named(self) -> Mapping[str, Sequence[Body]]:
        """By comparable name; a département or région also goes by the name of its body."""
        sirens = defaultdict(set)
        for body in self.bodies.values():
            sirens[normalise(body.nom)].add(body.siren)
        for place in (*self.departements.values(), *self.regions.values()):
            if place.siren in self.bodies:
                for name in (place.nom, place.collectivite or place.nom):
                    sirens[normalise(name)].add(place.siren)
        return {name: [self.bodies[s] for s in sorted(found)] for name, found in sirens.items()}

    @cached_property
    def _spread(self) -> Mapping[str, AbstractSet[str]]:
        out = defaultdict(set)
        for c in self.communes:
            out[c.epci].add(c.departement)
            out[c.ept].add(c.departement)
        for d in self.departements.values():
            out[d.siren].add(d.code)
            if d.region in self.regions:
                out[self.regions[d.region].siren].add(d.code)
        out.pop("", None)
        return out

    def _regional(self) -> Iterator[Body]:
        for p in self.regions.values():
            if p.siren:
                yield Body(p.siren, p.nom, "REG", p.code, "", p.code, p.population)

    def _departmental(self) -> Iterator[Body]:
        people: Counter[str] = Counter()
        for p in self.departements.values():
            people[p.siren] += p.population or 0
        people[RHONE] -= sum(c.population or 0 for c in self.communes if c.epci == LYON)
        seen = set()
        for p in self.departements.values():
            if p.siren and p.siren not in seen:
                seen.add(p.siren)
                name = p.collectivite or p.nom
                yield Body(p.siren, name, "DEP", p.code, p.code, p.region, people[p.siren])


def _compatible(hint: str) -> tuple[str, ...]:
    if hint in EPCI_KINDS:
        return EPCI_KINDS
    return (hint,) if hint else ()
