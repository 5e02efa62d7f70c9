"""All that the page of an organisation says, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire import french
from observatoire.indicators.records import Organisation
from observatoire.model import Row
from observatoire.reference.lookup import Body
from observatoire.site.places.accounts import Account, Accounts
from observatoire.site.places.atlas import Atlas
from observatoire.site.places.law import law
from observatoire.site.places.links import Forge
from observatoire.site.places.neighbours import Group, Link, Neighbours, path_of
from observatoire.site.places.proofs import Proof, Proofs
from observatoire.site.places.volume import Amount, Step

LIVES = {
    "cesse": "Cet organisme n'existe plus.",
    "fusionne": "Cet organisme a fusionné avec un autre.",
    "a_verifier": "L'identité de cet organisme reste à vérifier.",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of an organisation."""

    siren: str
    nom: str
    type: str
    open: bool
    life: str
    region: Link | None
    departement: Link | None
    epci: Link | None
    population: str
    served: bool
    adresse: str
    themes: tuple[str, ...]
    obliged: bool
    law: str
    amount: str
    places: int
    updated: str
    accounts: tuple[Account, ...]
    steps: tuple[tuple[str, str, str], ...]
    neighbours: tuple[Group, ...]
    proofs: tuple[Proof, ...]
    report: str
    edit: str
    feed: str


@dataclass(frozen=True)
class Sheets:
    """What makes the sheets of a version; ``feeds`` are the codes of départements with a feed."""

    atlas: Atlas
    proofs: Proofs
    neighbours: Neighbours
    accounts: Accounts
    forge: Forge
    amounts: Mapping[str, Amount]
    steps: Mapping[str, Sequence[Step]]
    feeds: frozenset[str]

    def all(self) -> Iterator[Sheet]:
        """Each organisation of the register, one at a time."""
        for line, row in self.atlas.rows():
            yield self._sheet(line, row, self.atlas.known[row["siren"]])

    def _sheet(self, line: int, row: Row, one: Organisation) -> Sheet:
        body, siren = self.atlas.body(one.siren), one.siren
        accounts = tuple(self.accounts.of(siren))
        amount = self.amounts.get(siren)
        return Sheet(
            siren=siren,
            nom=self.atlas.called(one),
            type=self.atlas.types.get(one.type, one.type),
            open=one.ouverte,
            life=LIVES.get(row["statut"], ""),
            **self._where(one, body),
            population=_people(row, body),
            served=body is None,
            adresse=row["adresse"],
            themes=tuple(one.thematiques),
            obliged=self.atlas.obliged(siren),
            law=law(one, body, self.atlas.types),
            amount=amount.words if amount else "",
            places=amount.platforms if amount else 0,
            updated=max((a.updated for a in accounts), default=""),
            accounts=accounts,
            steps=tuple(self._past(siren, amount)),
            neighbours=self.neighbours.of(one),
            proofs=tuple(self._proofs(row)),
            report=self.forge.report(one.nom, siren, one.departement),
            edit=self.forge.edit("organisations", line),
            feed=f"flux/{one.departement}.xml" if one.departement in self.feeds else "",
        )

    def _where(self, one: Organisation, body: Body | None) -> dict[str, Link | None]:
        departement, region = (
            self.atlas.departement(one.departement),
            self.atlas.region(one.region or (body.region if body else "")),
        )
        group = self.atlas.body(body.epci) if body and body.epci else None
        return {
            "departement": departement
            and Link(departement.nom, f"departements/{departement.code}/index.html"),
            "region": region and Link(region.nom, f"regions/{region.code}/index.html"),
            "epci": group
            and Link(group.nom, path_of(group.siren) if group.siren in self.atlas.known else ""),
        }

    def _past(self, siren: str, now: Amount | None) -> Iterator[tuple[str, str, str]]:
        """The steps in words, then the register where it differs from the last of them."""
        last: Amount | None = None
        for step in self.steps.get(siren, ()):
            last = step.amount
            yield step.label, step.date, last.text if last else ""
        if now != last:
            yield "Depuis", "", now.text if now else ""

    def _proofs(self, row: Row) -> Iterator[Proof]:
        fields = {f.name: f.title for f in self.atlas.register.schema("organisations").fields}
        values = {"type": self.atlas.types.get(row["type"], row["type"])}
        if place := self.atlas.departement(row["departement"]):
            values["departement"] = f"{place.nom} ({place.code})"
        key = (row["siren"],)
        whole = tuple(self.proofs.of_line("organisations", key, row))
        yield Proof("Identité", f"SIREN {spaced(row['siren'])}", whole)
        for name in ("nom", "type", "departement"):
            why = tuple(self.proofs.of_cell("organisations", key, row, name))
            yield Proof(fields[name], values.get(name, row[name]), why)


def spaced(siren: str) -> str:
    """ "213 502 388"."""
    return french.THIN.join((siren[:3], siren[3:6], siren[6:]))


def _people(row: Row, body: Body | None) -> str:
    if body is not None:
        return "" if body.population is None else str(body.population)
    return row["population_desservie"]
