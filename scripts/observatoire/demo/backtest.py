"""The backtest: portals answer what people published by hand, and the bot must find it alone.

Real on both sides: the register as of October 2022 (frozen edition 2021), and the published edition
of 31 December 2022, which the simulated data.gouv.fr answers. What people found is what is in the
second and not in the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.demo import disguise
from observatoire.demo.datagouv import Account, DataGouv, Dataset, slug
from observatoire.demo.strangers import strangers
from observatoire.model import Plan, Row
from observatoire.reference.lookup import Reference
from observatoire.register import Register

BEFORE, AFTER = "editions/2021", "editions/2022"
PLATFORM = "data-gouv-fr"
DAY = "2022-12-31"


@dataclass(frozen=True)
class Truth:
    """What people found on the platform between the two editions.

    ``owners`` gives the SIREN of each account; ``entries`` the SIREN that had no account;
    ``counts`` the number of datasets of each account whose number changed.
    """

    owners: Mapping[str, str]
    entries: frozenset[str]
    counts: Mapping[str, str]


@dataclass(frozen=True)
class Score:
    """How much of it the bot found: entries applied, entries asked about, counts, and mistakes."""

    entries: int
    applied: int
    asked: int
    counts: int
    counted: int
    wrong: int
    automatic: int


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
    lines = register.table(f"{BEFORE}/publications").records()
    before = {r["siren"]: r["nb_jeux"] for r in lines if r["plateforme"] == PLATFORM}
    owners = {account: row["siren"] for account, row in after.items()}
    known = {s: a for a, s in owners.items() if s in before}
    return Truth(
        owners,
        frozenset(set(owners.values()) - set(before)),
        {a: after[a]["nb_jeux"] for s, a in known.items() if after[a]["nb_jeux"] != before[s]},
    )


def portal(register: Register, reference: Reference) -> DataGouv:
    """data.gouv.fr on the day of the published edition, strangers included."""
    names = {r["siren"]: r["nom"] for r in register.table(f"{AFTER}/organisations").records()}
    accounts = [
        _account(identifiant, row, names[row["siren"]], reference)
        for identifiant, row in published(register, AFTER).items()
    ]
    return DataGouv([*accounts, *strangers(reference)], DAY)


def score(plan: Plan, found: Truth) -> Score:
    """The bot's plan beside what people found."""
    new = {a.key for a in plan.additions if a.table == "publications"}
    right = {siren for siren, _, account in new if found.owners.get(account) == siren}
    asked = {d.siren for d in plan.doubts if found.owners.get(d.identifiant) == d.siren}
    values = {(e.key[2], e.after) for e in plan.edits if e.field == "nb_jeux"}
    values |= {(a.key[2], a.row["nb_jeux"]) for a in plan.additions if a.table == "publications"}
    decided = [(m[1], m[2]) for m in plan.matches if m[1] in found.owners]
    return Score(
        entries=len(found.entries),
        applied=len(found.entries & right),
        asked=len((found.entries & asked) - right),
        counts=len(found.counts),
        counted=len(values & set(found.counts.items())),
        wrong=sum(found.owners[account] != siren for account, siren in decided),
        automatic=len(decided),
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
