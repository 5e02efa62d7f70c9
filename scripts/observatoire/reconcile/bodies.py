"""Every body that an account may be: authorities of the reference, organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from observatoire.names import EPCI_KINDS, kind_hint
from observatoire.reconcile.agreement import Agreement, agreement
from observatoire.reconcile.known import Known
from observatoire.reconcile.vocabulary import bare, bares, compatible, territory
from observatoire.reference.lookup import Reference


class Candidate(NamedTuple):
    """A body under one of its names; ``region`` and ``departement`` are codes, or "".

    ``bare`` is the name as ``vocabulary.bare`` gives it.
    """

    siren: str
    nom: str
    type: str
    departement: str
    region: str
    bare: str


@dataclass(frozen=True)
class Bodies:
    """The bodies by SIREN and by name, official names and the register's own alike."""

    known: Known
    reference: Reference

    def names(self, siren: str) -> list[Candidate]:
        """The body under each name that is known for it; empty for an unknown SIREN."""
        out = []
        if siren in self.reference.bodies:
            body = self.reference.bodies[siren]
            out.append(self._candidate(siren, body.nom, body.type))
        if siren in self.known.organisations:
            row = self.known.organisations[siren]
            out.append(self._candidate(siren, row["nom"], row["type"]))
        return out

    def _candidate(self, siren: str, nom: str, type: str) -> Candidate:
        return Candidate(siren, nom, type, *self._place(siren), bare(nom))

    def agreement(self, label: str, siren: str) -> Agreement:
        """The best agreement of a label with the names of a body."""
        found = [agreement(label, b.nom, b.type, b.departement) for b in self.names(siren)]
        return max(found, default=Agreement(False, 0))

    def named(self, label: str, region: str = "") -> list[Candidate]:
        """The bodies of exactly that name, in the département that the label states if it does.

        ``region`` restricts them to a portal's région. Sorted by SIREN, each body once.
        """
        found = {
            c.siren: c
            for c in self._by_name.get(bare(label), ())
            if compatible(label, c.type) and region in ("", c.region)
        }
        place = territory(label)
        near = {s: c for s, c in found.items() if c.departement == place}
        return [c for _, c in sorted((near or found).items())]

    @cached_property
    def all(self) -> list[Candidate]:
        """Every body under every name, in SIREN order."""
        ours = self.known.organisations
        others = [b for siren, b in self.reference.bodies.items() if siren not in ours]
        plain = bares([b.nom for b in others])
        found = [
            Candidate(b.siren, b.nom, b.type, b.departement, b.region, text)
            for b, text in zip(others, plain, strict=True)
        ]
        found += (c for siren in ours for c in dict.fromkeys(self.names(siren)))
        return sorted(found, key=itemgetter(0))

    @cached_property
    def _by_name(self) -> Mapping[str, list[Candidate]]:
        out: dict[str, list[Candidate]] = {}
        for candidate in self.all:
            out.setdefault(candidate.bare, []).append(candidate)
        return out

    def _place(self, siren: str) -> tuple[str, str]:
        body = self.reference.bodies.get(siren)
        if body is not None:
            return body.departement, body.region
        departement = self.known.organisations[siren]["departement"]
        return departement, self.reference.region_of(departement)


def announced(label: str) -> str:
    """The kind that a label announces, the five kinds of EPCI and EPT as one."""
    hint = kind_hint(label)
    return "EPCI" if hint in EPCI_KINDS else hint
