"""What a decision would write, under the checks of every contribution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from observatoire.contribution import allowed
from observatoire.contribution.model import Contribution, Rules
from observatoire.contribution.setting import rules_of
from observatoire.contribution.tidy import tidy
from observatoire.files import Changes, Overlay
from observatoire.model import Finding
from observatoire.plan import Addition
from observatoire.register import Register, path_of
from observatoire.signalement.book import Book
from observatoire.signalement.model import Decision
from observatoire.validate import engine


@dataclass(frozen=True)
class Proof:
    """The files that change, table by table, and what the checks say of them."""

    changes: Changes
    parts: Sequence[tuple[Contribution, Rules]]
    refused: Sequence[Finding]
    advice: Sequence[Finding]


def prove(decision: Decision, book: Book) -> Proof:
    """Apply a decision in memory and examine what it brings."""
    parts: list[tuple[Contribution, Rules]] = []
    refused: list[Finding] = []
    for table in _tables(decision):
        contribution, rules, held = _part(table, decision, book)
        refused += held
        parts.append((contribution, rules))
    changes = {r.file: tidy(book.register.table(r.table), r.schema, c) for c, r in parts}
    new = list(_new(changes, book)) if not refused else []
    return Proof(
        changes,
        parts,
        [*refused, *(f for f in new if f.severity == "erreur")],
        [f for f in new if f.severity == "conseil"],
    )


def _tables(decision: Decision) -> list[str]:
    return list(dict.fromkeys(c.table for c in decision.all))


def _part(
    table: str, decision: Decision, book: Book
) -> tuple[Contribution, Rules, Sequence[Finding]]:
    """The changes to one table; what a person froze and what is personal is held back."""
    rules = rules_of(book.register, path_of(table), book.today)
    edits, frozen = allowed.sort_edits((e for e in decision.edits if e.table == table), rules)
    mine = (a for a in decision.additions if a.table == table)
    additions, personal = allowed.sort_additions(mine, rules)
    names = dict(rules.names)
    for addition in additions:
        names.setdefault(addition.key, _name(addition, decision, book))
    contribution = Contribution(table, edits=tuple(edits), additions=tuple(additions))
    return contribution, replace(rules, names=names), [*frozen, *personal]


def _name(addition: Addition, decision: Decision, book: Book) -> str:
    """What a new line is called: « Acigné sur data.gouv.fr » for a publication."""
    if addition.table != "publications":
        return addition.row.get("nom", "")
    siren, platform = addition.row["siren"], addition.row["plateforme"]
    new = [a.row["nom"] for a in decision.additions if a.table == "organisations"]
    known = book.organisations.get((siren,), {})
    names = [*new, known.get("nom", ""), siren]
    portal = book.plateformes.get((platform,), {}).get("nom", platform)
    return f"{next(filter(None, names))} sur {portal}"


def _new(changes: Changes, book: Book) -> Iterator[Finding]:
    """What the checks say of the changes, and did not say before."""
    files = book.register.files
    after, before = Register(Overlay(files, changes)), Register(files)
    report = engine.run(after, date.fromisoformat(book.today), (), before)
    for tally in report.tallies:
        yield from tally.first
