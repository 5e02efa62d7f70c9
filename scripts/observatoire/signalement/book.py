"""What reports are read against: the register as main has it, the reference, who is where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from stdnum.fr import siren as sirens

from observatoire.detection.known import place, places
from observatoire.letters import fold
from observatoire.model import Key, Row
from observatoire.names import normalise
from observatoire.reconcile.agreement import agreement
from observatoire.reconcile.vocabulary import bare, territory
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register

SIREN, SIRET = 9, 14
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A body under the name that the register, else the reference, gives it."""

    siren: str
    nom: str
    type: str
    departement: str

    def shown(self) -> str:
        """« Rennes Métropole (35), SIREN 243500139 »."""
        where = f" ({self.departement})" if self.departement else ""
        return f"« {self.nom} »{where}, SIREN {self.siren}"


@dataclass(frozen=True)
class Book:
    """The register and the reference, indexed on demand."""

    register: Register
    today: str

    @cached_property
    def reference(self) -> Reference:
        """The newest vintage of the reference."""
        return load(self.register)

    @cached_property
    def organisations(self) -> Mapping[Key, Row]:
        """The organisations by key."""
        return self.register.keyed("organisations")

    @cached_property
    def plateformes(self) -> Mapping[Key, Row]:
        """The platforms by key."""
        return self.register.keyed("plateformes")

    @cached_property
    def publications(self) -> Mapping[Key, Row]:
        """The publications by key."""
        return self.register.keyed("publications")

    def body(self, siren: str) -> Named | None:
        """The body of a SIREN; None when neither the register nor the reference knows it."""
        row = self.organisations.get((siren,))
        if row:
            return Named(siren, row["nom"], row["type"], row["departement"])
        official = self.reference.bodies.get(siren)
        if official is None:
            return None
        return Named(siren, official.nom, official.type, official.departement)

    def agrees(self, name: str, siren: str) -> bool:
        """Whether a name may be that of a known body, by one of its names."""
        bodies = [self.body(siren)]
        if siren in self.reference.bodies:
            official = self.reference.bodies[siren]
            bodies.append(Named(siren, official.nom, official.type, official.departement))
        known = [b for b in bodies if b]
        return any(agreement(name, b.nom, b.type, b.departement).certain for b in known)

    def named(self, name: str, departement: str) -> list[Named]:
        """The bodies of that name, in a département unless it is "", by SIREN."""
        ours = {key[0] for key in self._by_name.get(bare(name), {})}
        found = ours | {b.siren for b in self.reference.named(name)}
        bodies = [b for s in sorted(found) if (b := self.body(s))]
        near = [b for b in bodies if departement in self._places(b)]
        return near if departement else bodies

    def _places(self, body: Named) -> set[str]:
        official = self.reference.bodies.get(body.siren)
        spread = set(self.reference.departements_of(official)) if official else set()
        return spread | {body.departement}

    @cached_property
    def _by_name(self) -> Mapping[str, dict[Key, Row]]:
        out: dict[str, dict[Key, Row]] = {}
        for key, row in self.organisations.items():
            out.setdefault(bare(row["nom"]), {})[key] = row
        return out

    def departement(self, text: str) -> str:
        """The code of the département that a text names, by number, name or commune; or ""."""
        known = self.reference.departements
        for found in re.finditer(r"\b(?:2[AB]|[0-9]{2,3})\b", text.upper()):
            if found[0] in known:
                return str(found[0])
        wanted = normalise(text)
        named: list[str] = [d.code for d in known.values() if wanted == normalise(d.nom)]
        homes = {c.departement for c in self.reference.communes if wanted == normalise(c.nom)}
        if not named and len(homes) == 1:
            return homes.pop()
        return named[0] if named else territory(text)

    def region(self, text: str) -> str:
        """The code of the région that a text names, or that of its département; or ""."""
        wanted = normalise(text)
        named = [r.code for r in self.reference.regions.values() if normalise(r.nom) == wanted]
        return named[0] if named else self.reference.region_of(self.departement(text))

    def platform(self, text: str) -> Row | None:
        """The platform at an address, or of that name or id; None without any."""
        site = place(text)
        for name in filter(None, (site, site.partition("/")[0])):
            if name in self._sites:
                return self.plateformes[(self._sites[name],)]
        rows, wanted = self.plateformes.values(), fold(text)
        exact = [r for r in rows if wanted in (fold(r["nom"]), fold(r["id"]))]
        # « Portail open data de Rennes » is « Rennes », unless a portal has just that name.
        found = exact or [r for r in rows if bare(text) == bare(r["nom"])]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _sites(self) -> Mapping[str, str]:
        return places(self.plateformes.values())

    def accounts(self, siren: str, platform: str = "") -> list[tuple[Key, Row]]:
        """The publications of a body, on one platform if it is given."""
        wanted = (siren, platform) if platform else (siren,)
        return [(k, r) for k, r in self.publications.items() if k[: len(wanted)] == wanted]


def digits(text: str) -> str:
    """The SIREN that a text holds, be it written as a SIRET; "" when its check digit is wrong."""
    found = re.sub(r"\D", "", text)
    siren = found[:SIREN] if len(found) == SIRET else found
    return siren if len(siren) == SIREN and sirens.is_valid(siren) else ""


def several(bodies: Iterable[Named]) -> str:
    """Some bodies in one sentence."""
    found = list(bodies)
    more = " ; …" if len(found) > SHOWN else ""
    return " ; ".join(b.shown() for b in found[:SHOWN]) + more
