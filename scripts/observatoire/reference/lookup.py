"""The reference in memory: which authority has this SIREN, this code, this name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from observatoire.model import Finding, Malformed
from observatoire.names import EPCI_KINDS, kind_hint, normalise
from observatoire.register import Register

LYON = "200046977"
"""The Métropole de Lyon: an EPCI that exercises the powers of a département on its territory
(Code général des collectivités territoriales, art. L3611-1)."""

RHONE = "226900017"
"""The département du Rhône: what is left of 69 outside the Métropole de Lyon."""


# Named tuples, not dataclasses: 35,000 of them are made at each start, six times as fast.
class Commune(NamedTuple):
    """A commune; ``siren`` is empty in a part of the overseas collectivities."""

    code: str
    siren: str
    nom: str
    departement: str
    region: str
    epci: str
    ept: str
    population: int | None


class Groupement(NamedTuple):
    """An EPCI (CC, CA, CU, MET) or an EPT; ``departement`` is where most of its people live."""

    siren: str
    nom: str
    type: str
    departement: str
    region: str
    population: int | None


class Place(NamedTuple):
    """A département or a région as a territory; ``siren`` is the body that holds its powers.

    ``collectivite`` is the name of that body; ``zone`` is metro, drom or com.
    """

    code: str
    nom: str
    region: str
    siren: str
    zone: str
    sigle: str = ""
    population: int | None = None
    collectivite: str = ""


class Ancienne(NamedTuple):
    """A commune that is no more one; ``commune`` is the code of the one it is part of today."""

    code: str
    nom: str
    departement: str
    commune: str


class Body(NamedTuple):
    """A local authority; ``code`` is its INSEE code, or its SIREN for an EPCI or an EPT.

    ``type`` is REG, DEP, MET, CU, CA, CC, EPT or COM. A région has no ``departement``; a body that
    spans several has that of most of its inhabitants, or the first.
    """

    siren: str
    nom: str
    type: str
    code: str
    departement: str
    region: str
    population: int | None
    epci: str = ""
    ept: str = ""


@dataclass(frozen=True)
class Reference:
    """One vintage of the reference. Only the tables are given; the rest is worked out on demand."""

    vintage: str
    communes: Sequence[Commune]
    groupements: Sequence[Groupement] = ()
    departements: Mapping[str, Place] = field(default_factory=dict)
    regions: Mapping[str, Place] = field(default_factory=dict)
    anciennes: Sequence[Ancienne] = ()

    @cached_property
    def bodies(self) -> Mapping[str, Body]:
        """Every authority once, by SIREN.

        One SIREN that holds several levels is one body: Paris is a COM, the Métropole de Lyon a
        MET, Corse, Martinique and Guyane are REG, Mayotte is a DEP (as the official register of
        legal units calls it), the Collectivité européenne d'Alsace is a DEP whose code is 67.
        """
        out = {b.siren: b for b in self._regional()}
        # Mayotte is listed at both levels and is legally a département: it wins over the région.
        out |= {
            b.siren: b for b in self._departmental() if b.siren not in out or b.departement == "976"
        }
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

    def named(self, name: str, departement: str = "", type: str = "") -> list[Body]:
        """The bodies of that name, in SIREN order.

        Without ``type``, a name that announces its kind (« Ville de », « CC du ») only finds bodies
        of that kind; the five kinds of EPCI and EPT are one, for names mix them up.
        """
        wanted = (type,) if type else _compatible(kind_hint(name))
        return [
            b
            for b in self._named.get(normalise(name), ())
            if (not wanted or b.type in wanted) and departement in ("", b.departement)
        ]

    @cached_property
    def _named(self) -> Mapping[str, Sequence[Body]]:
        out = defaultdict(list)
        for siren in sorted(self.bodies):
            body = self.bodies[siren]
            out[normalise(body.nom)].append(body)
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
                yield Body(
                    p.siren,
                    p.collectivite or p.nom,
                    "DEP",
                    p.code,
                    p.code,
                    p.region,
                    people[p.siren],
                )


def load(register: Register, vintage: str = "") -> Reference:
    """A vintage of the reference, the newest by default; raises Malformed when it is not there."""
    year = vintage or next(reversed(register.vintages()), "")
    folder = f"reference/{year}"
    if not register.has(f"{folder}/communes"):
        raise Malformed(
            Finding(
                "reference-absente",
                f"le millésime « {year} » de la référence des communes manque : produisez-le avec"
                " « observatoire reference ».",
                file=f"data/{folder}/communes.csv",
            )
        )
    names = {
        (r["niveau"], r["code"]): r["nom"]
        for r in register.table("reference/identifiants").records()
    }
    return Reference(
        vintage=year,
        communes=_communes(register, f"{folder}/communes"),
        groupements=[
            Groupement(
                r["siren"],
                r["nom"],
                r["type"],
                r["departement"],
                r["region"],
                _int(r["population"]),
            )
            for r in register.table(f"{folder}/epci").records()
        ],
        departements={
            r["code"]: _place(r, r["region"], names.get(("departement", r["code"]), ""))
            for r in register.table(f"{folder}/departements").records()
        },
        regions={
            r["code"]: _place(r, r["code"], names.get(("region", r["code"]), ""))
            for r in register.table(f"{folder}/regions").records()
        },
        anciennes=[
            Ancienne(r["code"], r["nom"], r["departement"], r["commune"])
            for r in register.table(f"{folder}/anciennes").records()
        ],
    )


def _communes(register: Register, name: str) -> list[Commune]:
    table = register.table(name)
    columns = [table.column(n) for n in Commune._fields[:-1]]
    people = map(_int, table.column("population"))
    return list(map(Commune, *columns, people))


def _groupement(row: Mapping[str, str]) -> Groupement:
    people = _int(row["population"])
    return Groupement(
        row["siren"], row["nom"], row["type"], row["departement"], row["region"], people
    )


def _place(row: Mapping[str, str], region: str, collectivite: str) -> Place:
    return Place(
        row["code"],
        row["nom"],
        region,
        row["siren"],
        row["zone"],
        row.get("sigle", ""),
        _int(row["population"]),
        collectivite,
    )


def _int(cell: str) -> int | None:
    return int(cell) if cell else None


def _compatible(hint: str) -> tuple[str, ...]:
    if hint in EPCI_KINDS:
        return EPCI_KINDS
    return (hint,) if hint else ()
