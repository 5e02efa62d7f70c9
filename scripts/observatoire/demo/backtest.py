"""The backtest: portals answer what people published by hand, and the bot must find it alone.

Real on both sides: the register as of October 2022 (frozen edition 2021), and the published edition
of 31 December 2022, which the simulated portals answer. What people found is what is in the second
and not in the first, on the platforms that the first knew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.demo import disguise
from observatoire.demo.technologies import FACES
from observatoire.model import Key, Row
from observatoire.plan import Plan
from observatoire.reference.lookup import Reference
from observatoire.register import Register
from observatoire.table import Table

BEFORE, AFTER = "editions/2021", "editions/2022"
DATA_GOUV = "data-gouv-fr"
DAY = "2022-12-31"


@dataclass(frozen=True)
class Truth:
    """What people found on the portals between the two editions; an account is (platform, label).

    ``owners`` gives the SIREN of each account; ``entries`` the accounts of the bodies that had none
    on that platform; ``counts`` the number of datasets of each other account whose number changed;
    ``known`` the accounts that the register already gave to somebody.
    """

    owners: Mapping[Key, str]
    entries: frozenset[Key]
    counts: Mapping[Key, str]
    known: frozenset[Key]


@dataclass(frozen=True)
class Score:
    """How much of it the bot found alone (``applied``, ``counted``), and by asking (``asked``).

    ``wrong`` of its ``decided`` identities of accounts that the register did not know are not those
    that people gave.
    """

    entries: int = 0
    applied: int = 0
    asked: int = 0
    counts: int = 0
    counted: int = 0
    counts_asked: int = 0
    decided: int = 0
    wrong: int = 0

    def __add__(self, other: Score) -> Score:
        """Both together."""
        mine, theirs = vars(self), vars(other)
        return Score(**{name: mine[name] + theirs[name] for name in mine})


def published(register: Register, reference: Reference) -> dict[Key, Row]:
    """The lines of the later edition by account, on the platforms that can be simulated.

    The label is the account's id on data.gouv.fr, and the publisher's name elsewhere: that of the
    edition, or one that the body might give itself. One account belongs to one body.
    """
    technos = {r["id"]: r["techno"] for r in register.table(f"{BEFORE}/plateformes").records()}
    names = {r["siren"]: r["nom"] for r in register.table(f"{AFTER}/organisations").records()}
    lines: dict[Key, Row] = {}
    for row in register.table(f"{AFTER}/publications").records():
        siren, platform = row["siren"], row["plateforme"]
        label = row["identifiant"]
        if platform != DATA_GOUV:
            if row["nb_jeux"] in {"", "0"} or technos.get(platform) not in FACES:
                continue
            label = label or disguise.name(siren, names[siren], reference.bodies.get(siren))
        if label:
            lines.setdefault((platform, label), row)
    return lines


def truth(register: Register, reference: Reference) -> Truth:
    """What people found, from the two editions of a register."""
    after = published(register, reference)
    before: dict[Key, set[str]] = defaultdict(set)
    known = set()
    for row in register.table(f"{BEFORE}/publications").records():
        before[row["siren"], row["plateforme"]].add(row["nb_jeux"])
        known.add((row["plateforme"], row["identifiant"]))
    bodies = {account: (row["siren"], account[0]) for account, row in after.items()}
    return Truth(
        owners={account: row["siren"] for account, row in after.items()},
        entries=frozenset(a for a, body in bodies.items() if body not in before),
        counts={
            account: row["nb_jeux"]
            for account, row in after.items()
            if row["nb_jeux"] not in before.get(bodies[account], {row["nb_jeux"]})
        },
        known=frozenset(known),
    )


def score(plan: Plan, harvest: Table, publications: Table, found: Truth) -> Score:
    """A source's plan, and the publications once it is applied, beside what people found."""
    labels = {(r["plateforme"], r["identifiant"]): _account(r) for r in harvest.records()}
    mine = set(labels.values())
    entries = found.entries & mine
    counts = {account: n for account, n in found.counts.items() if account in mine}
    lines = [
        (labels[key], r)
        for r in publications.records()
        if (key := (r["plateforme"], r["identifiant"])) in labels
    ]
    applied = {account for account, r in lines if found.owners.get(account) == r["siren"]}
    values = {(account, r["nb_jeux"]) for account, r in lines}
    counted = {a for a, n in counts.items() if (a, n) in values}
    asked = {labels[d.plateforme, d.identifiant] for d in plan.doubts}
    decided = [
        (labels[platform, account], siren)
        for platform, account, siren, _ in plan.matches
        if (platform, account) not in found.known
    ]
    judged = [(account, siren) for account, siren in decided if account in found.owners]
    return Score(
        entries=len(entries),
        applied=len(entries & applied),
        asked=len((entries & asked) - applied),
        counts=len(counts),
        counted=len(counted),
        counts_asked=len((counts.keys() & asked) - counted),
        decided=len(judged),
        wrong=sum(found.owners[account] != siren for account, siren in judged),
    )


def _account(row: Row) -> Key:
    label = row["identifiant"] if row["plateforme"] == DATA_GOUV else row["nom"]
    return row["plateforme"], label
