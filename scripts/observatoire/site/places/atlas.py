"""The tables of a version, read once and indexed for tens of thousands of pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from observatoire.indicators.model import CURRENT, Snapshot
from observatoire.indicators.obligation import is_obliged
from observatoire.indicators.opening import proves
from observatoire.indicators.records import Organisation
from observatoire.indicators.snapshot import Maker
from observatoire.model import Row
from observatoire.names import normalise
from observatoire.publish.labels import labels
from observatoire.reference.lookup import Body, Place, Reference
from observatoire.register import Register


def spelt(name: str, body: Body | None) -> str:
    """A name as the reference spells it, with its accents, when it is the same name."""
    same = body is not None and normalise(body.nom) == normalise(name)
    return body.nom if body and same else name


class Atlas:
    """The register of a version, its reference, its snapshot at ``date`` (ISO)."""

    def __init__(self, register: Register, date: str) -> None:
        self.register = register
        self.snapshot: Snapshot = Maker(register).whole("", (CURRENT, date), None)
        self.types = labels(register.schema("organisations"), "type")

    @property
    def reference(self) -> Reference:
        """The newest vintage."""
        return self.snapshot.reference

    @cached_property
    def platforms(self) -> Mapping[str, Row]:
        """The platforms by id."""
        return {r["id"]: r for r in self.register.table("plateformes").records()}

    @cached_property
    def known(self) -> Mapping[str, Organisation]:
        """The organisations of the register by SIREN."""
        return {o.siren: o for o in self.snapshot.organisations}

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each organisation with its line in the file."""
        yield from enumerate(self.register.table("organisations").records(), 2)

    def publications(self, siren: str) -> list[tuple[int, Row]]:
        """The publications of an organisation with their lines in the file: the greatest first."""
        table = self.register.table("publications")
        found = [
            (at + 2, dict(zip(table.columns, table.rows[at], strict=True)))
            for at in self._places.get(siren, ())
        ]
        return sorted(found, key=lambda one: (not proves(one[1]), -_count(one[1]), one[0]))

    @cached_property
    def _places(self) -> Mapping[str, Sequence[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, siren in enumerate(self.register.table("publications").column("siren")):
            found[siren].append(at)
        return found

    def called(self, one: Organisation) -> str:
        """The name of an organisation: the reference spells it with its accents."""
        return spelt(one.nom, self.body(one.siren))

    def body(self, siren: str) -> Body | None:
        """What the reference says of an organisation; it only knows collectivités."""
        return self.reference.bodies.get(siren)

    def departement(self, code: str) -> Place | None:
        """A département by its code."""
        return self.reference.departements.get(code)

    def region(self, code: str) -> Place | None:
        """A région by its code."""
        return self.reference.regions.get(code)

    def people(self, siren: str) -> int:
        """The inhabitants of an organisation, 0 when nobody knows: to put the greatest first."""
        body = self.body(siren)
        return (body.population if body else None) or 0

    def obliged(self, siren: str) -> bool:
        """Whether the law obliges an organisation to publish."""
        body = self.body(siren)
        return body is not None and is_obliged(body)


def _count(row: Row) -> int:
    return int(row["nb_jeux"]) if row["nb_jeux"].isdecimal() else 0
