"""The backtest: portals answer what people published by hand, and the bot must find it alone.

Real on both sides: the register as of October 2022 (frozen edition 2021), and the published edition
of 31 December 2022, which the simulated data.gouv.fr answers. What people found is what is in the
second and not in the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.demo import disguise
from observatoire.demo.accounts import Account, Dataset, slug
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.strangers import strangers
from observatoire.model import Plan, Row
from observatoire.reference.lookup import Reference
from observatoire.register import Register
from observatoire.table import Table

BEFORE, AFTER = "editions/2021", "editions/2022"
PLATFORM = "data-gouv-fr"
DAY = "2022-12-31"


@dataclass(frozen=True)
class Truth:
    """What people found on the platform between the two editions.

    ``owners`` gives the SIREN of each account; ``entries`` the accounts of the bodies that had
    none; ``counts`` the number of datasets of each other account whose number changed; ``known``
    the accounts that the register already gave to somebody.
    """

    owners: Mapping[str, str]
    entries: frozenset[str]
    counts: Mapping[str, str]
    known: frozenset[str]


@dataclass(frozen=True)
class Score:
    """How much of it the bot found alone (``applied``, ``counted``), and by asking (``asked``).

    ``wrong`` of its ``decided`` identities of accounts that the register did not know are not those
    that people gave.
    """

    entries: int
    applied: int
    asked: int
    counts: int
    counted: int
    counts_asked: int
    decided: int
    wrong: int

    @property
    def recall(self) -> float:
        """The share of people's entries that the bot proposed or asked about."""
        return (self.applied + self.asked) / self.entries

    @property
    def precision(self) -> float:
        """The share of its decisions without a question that people made too."""
        return 1 - self.wrong / self.decided if self.decided else 1.0


def published(register: Register, edition: str) -> dict[str, dict[str, str]]:
    """The lines of the platform in an edition by account; one account belongs to one body."""
    lines: dict[str, dict[str, str]] = {}
    for row in register.table(f"{edition}/publications").records():
        if row["plateforme"] == PLATFORM and row["identifiant"]:
            lines.setdefault(row["identifiant"], row)
    return lines


def truth(register: Register) -> Truth:
    """What people found, from the two editions of a register."""
    after = published(register, AFTER)
    lines = [
        r for r in register.table(f"{BEFORE}/publications").records() if r["plateforme"] == PLATFORM
    ]
    before = {r["siren"]: r["nb_jeux"] for r in lines}
    owners = {account: row["siren"] for account, row in after.items()}
    return Truth(
        owners=owners,
        entries=frozenset(a for a, siren in owners.items() if siren not in before),
        counts={
            account: row["nb_jeux"]
            for account, row in after.items()
            if row["nb_jeux"] != before.get(row["siren"], row["nb_jeux"])
        },
        known=frozenset(r["identifiant"] for r in lines),
    )


def portal(register: Register, reference: Reference) -> DataGouv:
    """data.gouv.fr on the day of the published edition, strangers included."""
    names = {r["siren"]: r["nom"] for r in register.table(f"{AFTER}/organisations").records()}
    accounts = [
        _account(identifiant, row, names[row["siren"]], reference)
        for identifiant, row in published(register, AFTER).items()
    ]
    return DataGouv([*accounts, *strangers(reference)], DAY)


def score(plan: Plan, publications: Table, found: Truth) -> Score:
    """The bot's plan, and the publications once it is applied, beside what people found."""
    lines = [r for r in publications.records() if r["plateforme"] == PLATFORM]
    applied = {r["identifiant"] for r in lines if found.owners.get(r["identifiant"]) == r["siren"]}
    asked = {d.identifiant for d in plan.doubts}
    values = {(r["identifiant"], r["nb_jeux"]) for r in lines}
    counted = {a for a, n in found.counts.items() if (a, n) in values}
    decided = [
        (account, siren)
        for _, account, siren, _ in plan.matches
        if account in found.owners and account not in found.known
    ]
    return Score(
        entries=len(found.entries),
        applied=len(found.entries & applied),
        asked=len((found.entries & asked) - applied),
        counts=len(found.counts),
        counted=len(counted),
        counts_asked=len((found.counts.keys() & asked) - counted),
        decided=len(decided),
        wrong=sum(found.owners[account] != siren for account, siren in decided),
    )


def _account(identifiant: str, row: Row, nom: str, reference: Reference) -> Account:
    siren = row["siren"]
    body = reference.bodies.get(siren)
    name = disguise.name(siren, nom, body)
    last = row["url"].rstrip("/").rpartition("/")[2]
    return Account(
        id=identifiant,
        slug=slug(name) if last == identifiant else last,
        name=name,
        siret=disguise.siret(siren),
        badges=("local-authority",) if body else ("public-service",),
        datasets=(Dataset(updated="2022-11-15"),) * int(row["nb_jeux"] or 0),
    )
