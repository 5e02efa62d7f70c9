"""What a source's new harvest leads the bot to wish, from two states of the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from observatoire import files, package, reconcile
from observatoire.files import Changes
from observatoire.model import Key, Row
from observatoire.plan import Conflict, Doubt, Plan
from observatoire.propose import choices, limits, refusals, share
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

    ``answers`` are the ticks (``choices.answers``); ``asked``, ``refused`` and ``absent`` are the
    questions, the cells and the absent accounts of the closed requests (cells with their line of
    ``refus.csv``); ``previous`` names the last of them, ``continues`` the merged one that held
    something back. ``lines`` is how many of the register a request may change, ``questions`` how
    many it may ask.
    """

    date: str
    title: str
    limit: int
    asked: frozenset[str] = frozenset()
    answers: Mapping[str, bool] = field(default_factory=dict)
    refused: Mapping[refusals.Cell, Row] = field(default_factory=dict)
    absent: frozenset[Key] = frozenset()
    previous: str = ""
    continues: str = ""
    lines: int = limits.MAX_LINES
    questions: int = limits.MAX_QUESTIONS


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
        both = choices.together(plan, self.setting.answers)
        refused = refusals.live(plan, self.setting.refused)
        decided = choices.decisions(made)
        said = heard(self.main, {"refus": refused, f"rapprochements/{source}": decided})
        register = Register(files.Overlay(self.main.files, said)) if said else self.main
        whole = choices.settle(self._plan(source, register) if said else plan, made)
        whole = share.limit(whole, self.setting.lines)
        plan, asked = self._new(whole, base, both)
        plan = share.ask(plan, self.setting.questions, len(made))
        whole = replace(whole, later=plan.later)
        if plan.empty and not made:
            return None
        # The questions asked before count too: a line that one is about is not absent yet.
        changes = {**said, **reconcile.apply(register, whole, theirs), **self._journal(source)}
        changes |= description(self.main, changes)
        report = Report(
            plan=plan,
            names=self._names(theirs, [*whole.doubts, *(c.question for c in made)]),
            evidence=self._evidence(source, changes),
            previous=self.setting.previous,
            continues=self.setting.continues,
            asked=asked,
            choices=made,
            refused=len(refused),
            both=both,
        )
        return report.proposal(files.differing(self.main.files, changes), self.setting.limit)

    def _new(
        self, plan: Plan, base: Table, both: Set[str]
    ) -> tuple[Plan, tuple[Doubt | Conflict, ...]]:
        """The plan with the questions never asked and the absences never told; other questions.

        A doubt about an account that the committed harvest has was asked with that harvest; it is
        asked again when the answer has several of its boxes ticked (``both``).
        """
        seen = set(zip(base.column("plateforme"), base.column("identifiant"), strict=True))
        before = self.setting.asked
        conflicts = tuple(c for c in plan.conflicts if choices.identify(c) not in before)
        doubts = tuple(
            d
            for d in plan.doubts
            if choices.identify(d) not in before
            and ((d.plateforme, d.identifiant) not in seen or both & choices.marks(d))
        )
        questions: tuple[Doubt | Conflict, ...] = (*plan.conflicts, *plan.doubts)
        new: set[Doubt | Conflict] = {*conflicts, *doubts}
        old = tuple(q for q in questions if q not in new)
        absents = tuple(key for key in plan.absents if key[1:] not in self.setting.absent)
        return replace(plan, conflicts=conflicts, doubts=doubts, absents=absents), old

    def _plan(self, source: str, register: Register) -> Plan:
        name = f"moissons/{source}"
        base, theirs = self.main.table(name), self.work.table(name)
        return reconcile.plan(source, base, theirs, register, self.reference, self.setting.date)

    def _journal(self, source: str) -> Changes:
        """The journal of main, with the lines of this source as the new harvest left them."""
        schema = self.main.schema(JOURNAL)
        others = (r for r in self.main.table(JOURNAL).records() if r["source"] != source)
        own = (r for r in self.work.table(JOURNAL).records() if r["source"] == source)
        table = from_records(schema.columns, [*others, *own])
        rows = sort_rows(table.rows, schema.columns, schema.primary_key)
        return {path_of(JOURNAL): self.main.bytes_of(JOURNAL, Table(schema.columns, rows))}

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

    def _names(self, theirs: Table, asked: Iterable[Doubt | Conflict]) -> Names:
        bodies, portals = self.main.table("organisations"), self.main.table("plateformes")
        known = {r["siren"]: (r["nom"], r["departement"]) for r in bodies.records()}
        official = self.reference.bodies
        sirens = {s for q in asked if isinstance(q, Doubt) for s in q.sirens}
        found = [official[s] for s in sirens & official.keys()]
        # A wrong SIREN of the register stands beside another body's département.
        known |= {b.siren: (known.get(b.siren, (b.nom,))[0], b.departement) for b in found}
        return Names(
            organisations=known,
            departements={code: place.nom for code, place in self.reference.departements.items()},
            plateformes={r["id"]: (r["nom"], r["url"]) for r in portals.records()},
            pages={(r["plateforme"], r["identifiant"]): r["url"] for r in theirs.records()},
        )


def heard(main: Register, said: Mapping[str, Sequence[Row]]) -> dict[str, bytes | None]:
    """What people said on the forge, by table, as lines of the register."""
    return {path_of(name): _with(main, name, rows) for name, rows in said.items() if rows}


def _with(main: Register, name: str, rows: Iterable[Row]) -> bytes:
    schema = main.schema(name)
    keyed = {tuple(row[c] for c in schema.primary_key): row for row in rows}
    return main.bytes_of(name, apply_rows(main.table(name), schema, keyed))


def description(main: Register, changes: Changes) -> Changes:
    """datapackage.json again, when a table is new."""
    if all(main.files.read(path) is not None for path in changes):
        return {}
    described = package.describe(Register(files.Overlay(main.files, changes)))
    return {package.PATH: described}


def harvested(register: Register) -> list[str]:
    """The sources that have a harvest, sorted."""
    names = (n for n in register.names() if n.startswith("moissons/") and n != JOURNAL)
    return sorted(n.removeprefix("moissons/") for n in names)
