"""The changes of a plan by kind, as a person would sort them: entries, links, counts..."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from observatoire.french import counted
from observatoire.model import Key
from observatoire.plan import Addition, Edit, Plan

COUNTS = ("nb_jeux", "nb_reutilisations", "derniere_mise_a_jour")
"""Cells that move with every harvest, and that a person reads together."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """A plan, sorted; each change is in one kind only. ``counts`` and ``gone`` are by line."""

    entries: tuple[Addition, ...]
    accounts: tuple[Addition, ...]
    portals: tuple[Addition, ...]
    others: tuple[Addition, ...]
    links: tuple[Edit, ...]
    statuses: tuple[Edit, ...]
    ids: tuple[Edit, ...]
    counts: tuple[tuple[Edit, ...], ...]
    cells: tuple[Edit, ...]
    dead: tuple[Addition, ...] = ()
    heirs: tuple[Edit, ...] = ()


def sort(plan: Plan) -> Kinds:
    """The changes of a plan by kind, in the plan's order."""
    by_table: dict[str, list[Addition]] = {}
    for addition in plan.additions:
        by_table.setdefault(addition.table, []).append(addition)
    known = {"organisations", "publications", "plateformes", "liens_morts"}
    return Kinds(
        entries=tuple(by_table.get("organisations", ())),
        accounts=tuple(by_table.get("publications", ())),
        portals=tuple(by_table.get("plateformes", ())),
        dead=tuple(by_table.get("liens_morts", ())),
        others=tuple(a for t, found in by_table.items() if t not in known for a in found),
        links=tuple(e for e in plan.edits if e.field == "url"),
        ids=tuple(e for e in plan.edits if e.field == "identifiant"),
        statuses=tuple(e for e in plan.edits if e.field == "statut"),
        counts=_by_line(e for e in plan.edits if e.field in COUNTS),
        heirs=tuple(e for e in plan.edits if (e.table, e.field) == ("publications", "siren")),
        cells=tuple(
            e
            for e in plan.edits
            if e.field not in {"url", "statut", "identifiant", "siren", *COUNTS}
        ),
    )


def _by_line(edits: Iterable[Edit]) -> tuple[tuple[Edit, ...], ...]:
    lines: dict[tuple[str, Key], list[Edit]] = {}
    for edit in edits:
        lines.setdefault((edit.table, edit.key), []).append(edit)
    return tuple(tuple(line) for line in lines.values())


def joining(kinds: Kinds) -> tuple[Addition, ...]:
    """The accounts of bodies that the register already has: their line is the news."""
    new = {a.key[0] for a in kinds.entries}
    return tuple(a for a in kinds.accounts if a.key[0] not in new)


def changes(plan: Plan) -> list[tuple[int, str, str]]:
    """How many changes of each kind there are, with its words, the most important first."""
    kinds = sort(plan)
    amounts = (
        (len(kinds.entries), "entrée", "entrées"),
        (len(joining(kinds)), "compte ajouté", "comptes ajoutés"),
        (len(kinds.portals), "portail ajouté", "portails ajoutés"),
        (len(kinds.others), "ligne ajoutée", "lignes ajoutées"),
        (len(kinds.heirs), "page passée au successeur", "pages passées au successeur"),
        (len(kinds.statuses), "changement de statut", "changements de statut"),
        (len(kinds.dead), "lien mort", "liens morts"),
        (len(kinds.links), "lien corrigé", "liens corrigés"),
        (len(kinds.ids), "compte reconnu", "comptes reconnus"),
        (len(kinds.cells), "autre correction", "autres corrections"),
        (len(kinds.counts), "compte à jour", "comptes à jour"),
        (len(plan.absents), "compte absent", "comptes absents"),
        (len(plan.revenus), "compte revenu", "comptes revenus"),
    )
    return [amount for amount in amounts if amount[0]]


def facts(plan: Plan, answers: int) -> list[str]:
    """The plan in a few words, the most important first: « 12 entrées », « 3 liens corrigés ».

    ``answers`` is how many questions a person answered.
    """
    if found := changes(plan):
        return [counted(*amount) for amount in found]
    asked, unknown = questions(plan), sum(not d.sirens for d in plan.doubts)
    if asked or not unknown:
        said = (counted(asked, "question"), counted(answers, "réponse notée", "réponses notées"))
        return [said[0 if asked else 1]]
    return [counted(unknown, "compte inconnu", "comptes inconnus")]


def questions(plan: Plan) -> int:
    """How many answers a plan waits for; an account that resembles nobody has none to tick."""
    return len(plan.conflicts) + sum(bool(d.sirens) for d in plan.doubts)


def held(plan: Plan) -> int:
    """How many more answers are asked another time."""
    return sum(bool(d.sirens) for d in plan.later)
