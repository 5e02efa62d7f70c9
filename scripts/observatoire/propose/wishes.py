"""What a source's new harvest leads the bot to wish, from two states of the register."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from observatoire import files, package, reconcile
from observatoire.files import Changes
from observatoire.model import Plan, Row
from observatoire.propose.body import Report
from observatoire.propose.proposal import Evidence, Names, Proposal
from observatoire.reference.lookup import Reference
from observatoire.register import Register, path_of
from observatoire.table import Table, from_records, sort_rows

JOURNAL = "moissons/journal"
DIGEST_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Setting:
    """What does not come from the tables: the day, the source's title, the forge's limit.

    ``previous`` names the request that a person closed before, if any.
    """

    date: str
    title: str
    limit: int
    previous: str = ""


def harvested(register: Register) -> list[str]:
    """The sources that have a harvest, sorted."""
    found = (n.removeprefix("moissons/") for n in register.names() if n.startswith("moissons/"))
    return sorted(n for n in found if path_of(JOURNAL) != path_of(f"moissons/{n}"))


def wish(
    source: str, base: Register, work: Register, reference: Reference, setting: Setting
) -> Proposal | None:
    """The proposal for a source; None when nothing in the register would change or be asked.

    ``base`` is main, ``work`` holds the new harvest and its journal.
    """
    name = f"moissons/{source}"
    theirs = work.table(name)
    plan = reconcile.plan(source, base.table(name), theirs, base, reference, setting.date)
    if not worthwhile(plan, base.table(name)):
        return None
    changes = {**reconcile.apply(base, plan, theirs), **_journal(source, base, work)}
    changes |= _description(base, changes)
    report = Report(
        plan, _names(base, reference), _evidence(source, changes, work, setting), setting.previous
    )
    return report.proposal(files.differing(base.files, changes), setting.limit)


def worthwhile(plan: Plan, base: Table) -> bool:
    """Whether the plan deserves a person's time: a change of the register, or a new question.

    A doubt about an account that the committed harvest has was asked already.
    """
    seen = set(zip(base.column("plateforme"), base.column("identifiant"), strict=True))
    new = any((d.plateforme, d.identifiant) not in seen for d in plan.doubts)
    return bool(plan.additions or plan.edits or plan.conflicts or new)


def _journal(source: str, base: Register, work: Register) -> Changes:
    """The journal of main, with the lines of this source as the new harvest left them."""

    def lines(register: Register, *, own: bool) -> list[Row]:
        return [r for r in register.table(JOURNAL).records() if (r["source"] == source) == own]

    schema = base.schema(JOURNAL)
    table = from_records(schema.columns, [*lines(base, own=False), *lines(work, own=True)])
    rows = sort_rows(table.rows, schema.columns, schema.primary_key)
    return {path_of(JOURNAL): base.bytes_of(JOURNAL, Table(schema.columns, rows))}


def _description(base: Register, changes: Changes) -> Changes:
    """datapackage.json again, when a table is new."""
    if all(base.files.read(path) is not None for path in changes):
        return {}
    return {package.PATH: package.describe(Register(files.Overlay(base.files, changes)))}


def _evidence(source: str, changes: Changes, work: Register, setting: Setting) -> Evidence:
    """The harvest that the branch commits: its digest is that of the file in the branch."""
    content = changes[path_of(f"moissons/{source}")] or b""
    dates = [r["derniere_reussite"] for r in work.table(JOURNAL).records() if r["source"] == source]
    return Evidence(
        title=setting.title,
        date=max(dates, default="") or setting.date,
        rows=len(work.table(f"moissons/{source}")),
        digest=hashlib.sha256(content).hexdigest()[:DIGEST_DIGITS],
    )


def _names(base: Register, reference: Reference) -> Names:
    return Names(
        organisations={
            r["siren"]: (r["nom"], r["departement"]) for r in base.table("organisations").records()
        },
        departements={code: place.nom for code, place in reference.departements.items()},
        plateformes={r["id"]: (r["nom"], r["url"]) for r in base.table("plateformes").records()},
    )
