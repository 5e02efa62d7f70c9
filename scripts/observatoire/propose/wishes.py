"""What a source's new harvest leads the bot to wish, from two states of the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from observatoire import files, package, reconcile
from observatoire.files import Changes
from observatoire.model import Doubt, Plan, Row
from observatoire.propose import choices, refusals
from observatoire.propose.body import Report
from observatoire.propose.proposal import Evidence, Names, Proposal
from observatoire.reference.lookup import Reference
from observatoire.register import Register, path_of
from observatoire.table import Table, apply_rows, from_records, sort_rows

JOURNAL = "moissons/journal"
DIGEST_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Setting:
    """What does not come from the tables: the day, the source's title, what people said.

    ``answers`` are the ticks (``choices.answers``), ``refused`` the cells of the closed requests
    with their line of ``refus.csv``; ``previous`` names the last closed request.
    """

    date: str
    title: str
    limit: int
    answers: Mapping[str, bool] = field(default_factory=dict)
    refused: Mapping[refusals.Cell, Row] = field(default_factory=dict)
    previous: str = ""


@dataclass(frozen=True)
class Wisher:
    """Main, the working folder with the new harvest and its journal, the reference, the setting."""

    main: Register
    work: Register
    reference: Reference
    setting: Setting

    def wish(self, source: str) -> Proposal | None:
        """The proposal for a source; None when nothing would change and no new question comes."""
        name = f"moissons/{source}"
        base, theirs = self.main.table(name), self.work.table(name)
        plan = self._plan(source, self.main)
        made = choices.choose(plan, self.setting.answers)
        refused = refusals.live(plan, self.setting.refused)
        heard = self._heard(source, refused, choices.decisions(made))
        register = Register(files.Overlay(self.main.files, heard)) if heard else self.main
        plan = choices.settle(self._plan(source, register) if heard else plan, made)
        new, asked = _split(plan, base)
        if not (plan.additions or plan.edits or plan.conflicts or new or made):
            return None
        changes = {**heard, **reconcile.apply(register, plan, theirs), **self._journal(source)}
        changes |= self._description(changes)
        report = Report(
            plan=replace(plan, doubts=new),
            names=self._names(theirs),
            evidence=self._evidence(source, changes),
            previous=self.setting.previous,
            asked=asked,
            choices=made,
            refused=len(refused),
        )
        return report.proposal(files.differing(self.main.files, changes), self.setting.limit)

    def _plan(self, source: str, register: Register) -> Plan:
        name = f"moissons/{source}"
        base, theirs = self.main.table(name), self.work.table(name)
        return reconcile.plan(source, base, theirs, register, self.reference, self.setting.date)

    def _heard(
        self, source: str, refused: Sequence[Row], decided: Sequence[Row]
    ) -> dict[str, bytes | None]:
        """What people said on the forge, as lines of the register."""
        said = {"refus": refused, f"rapprochements/{source}": decided}
        return {path_of(name): self._with(name, rows) for name, rows in said.items() if rows}

    def _with(self, name: str, rows: Iterable[Row]) -> bytes:
        schema = self.main.schema(name)
        keyed = {tuple(row[c] for c in schema.primary_key): row for row in rows}
        return self.main.bytes_of(name, apply_rows(self.main.table(name), schema, keyed))

    def _journal(self, source: str) -> Changes:
        """The journal of main, with the lines of this source as the new harvest left them."""
        schema = self.main.schema(JOURNAL)
        others = (r for r in self.main.table(JOURNAL).records() if r["source"] != source)
        own = (r for r in self.work.table(JOURNAL).records() if r["source"] == source)
        table = from_records(schema.columns, [*others, *own])
        rows = sort_rows(table.rows, schema.columns, schema.primary_key)
        return {path_of(JOURNAL): self.main.bytes_of(JOURNAL, Table(schema.columns, rows))}

    def _description(self, changes: Changes) -> Changes:
        """datapackage.json again, when a table is new."""
        if all(self.main.files.read(path) is not None for path in changes):
            return {}
        described = package.describe(Register(files.Overlay(self.main.files, changes)))
        return {package.PATH: described}

    def _evidence(self, source: str, changes: Changes) -> Evidence:
        """The harvest that the branch commits: its digest is that of the file in the branch."""
        content = changes[path_of(f"moissons/{source}")] or b""
        journal = self.work.table(JOURNAL).records()
        dates = [r["derniere_reussite"] for r in journal if r["source"] == source]
        return Evidence(
            title=self.setting.title,
            date=max(dates, default="") or self.setting.date,
            rows=len(self.work.table(f"moissons/{source}")),
            digest=hashlib.sha256(content).hexdigest()[:DIGEST_DIGITS],
        )

    def _names(self, theirs: Table) -> Names:
        bodies, portals = self.main.table("organisations"), self.main.table("plateformes")
        return Names(
            organisations={r["siren"]: (r["nom"], r["departement"]) for r in bodies.records()},
            departements={code: place.nom for code, place in self.reference.departements.items()},
            plateformes={r["id"]: (r["nom"], r["url"]) for r in portals.records()},
            pages={(r["plateforme"], r["identifiant"]): r["url"] for r in theirs.records()},
        )


def harvested(register: Register) -> list[str]:
    """The sources that have a harvest, sorted."""
    names = (n for n in register.names() if n.startswith("moissons/") and n != JOURNAL)
    return sorted(n.removeprefix("moissons/") for n in names)


def _split(plan: Plan, base: Table) -> tuple[tuple[Doubt, ...], tuple[Doubt, ...]]:
    """The doubts never asked, and those about accounts that the committed harvest has already."""
    seen = set(zip(base.column("plateforme"), base.column("identifiant"), strict=True))
    known = [(d.plateforme, d.identifiant) in seen for d in plan.doubts]
    pairs = list(zip(plan.doubts, known, strict=True))
    return tuple(d for d, k in pairs if not k), tuple(d for d, k in pairs if k)
