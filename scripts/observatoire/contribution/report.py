"""The description of a contribution in Markdown: before → after, questions, what was left aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.contribution.heading import name_of
from observatoire.contribution.model import Contribution, Rules
from observatoire.contribution.words import called, reason, title_of
from observatoire.french import counted
from observatoire.model import Finding, Key
from observatoire.plan import Addition, Conflict
from observatoire.propose.markdown import details, flat, table, text
from observatoire.validate.reports.markdown import sentence

SIZES = (200, 60, 20, 5, 1)
"""Lines of a section, tried from the largest until the text fits."""
ROOM = 60_000
"""Bytes: the smallest limit of the forges, less the hidden line."""
CELL = 80
MESSAGE = 600


def body(contribution: Contribution, rules: Rules, origin: str, message: str = "") -> str:
    """The description; ``origin`` says where it comes from, ``message`` is the visitor's own."""
    for most in SIZES:
        told = "\n".join(_lines(contribution, rules, origin, message, most)) + "\n"
        if len(told.encode()) <= ROOM:
            break
    return told


def _lines(
    contribution: Contribution, rules: Rules, origin: str, message: str, most: int
) -> Iterator[str]:
    yield origin
    if message:
        yield from ("", f"> {text(message, MESSAGE)}")
    if contribution.empty:
        yield from ("", "Aucune cellule n'a changé : il n'y a rien à relire.")
    yield from _section("Corrections", _edits(contribution, rules), most)
    yield from _section("Ajouts", [_addition(a, rules) for a in contribution.additions], most)
    yield from _section("Questions", _questions(contribution, rules), most)
    yield from _section("À savoir", _findings(contribution, rules), most)
    if contribution.dropped:
        lines = [f"- {reason(d.reason, d.count)}" for d in contribution.dropped]
        total = sum(d.count for d in contribution.dropped)
        label = counted(total, "différence laissée", "différences laissées")
        yield from ("", *details(f"{label} de côté : ce n'étaient pas des corrections", lines))


def _section(title: str, lines: Sequence[str], most: int) -> Iterator[str]:
    """A heading and its lines, the head of a table included in none of the counts."""
    heads = 2 if lines and lines[0].startswith("|") else 0
    total = len(lines) - heads
    if total <= 0:
        return
    yield from ("", f"### {title}", "", *lines[: heads + most])
    if total > most:
        yield from ("", f"*Et {counted(total - most, 'autre', 'autres')}.*")


def _edits(contribution: Contribution, rules: Rules) -> list[str]:
    return table(
        ("Ligne", "Colonne", "Avant", "Après"),
        [
            (
                text(called(e.key, rules)),
                text(title_of(rules.schema, e.field)),
                _cell(e.before),
                _cell(e.after),
            )
            for e in contribution.edits
        ],
    )


def _cell(cell: str) -> str:
    return text(cell, CELL) if flat(cell) else "*(vide)*"


def _addition(addition: Addition, rules: Rules) -> str:
    """A new row: its name, and each cell that says something."""
    cells = [
        f"{text(title_of(rules.schema, field, inside=True))} {text(cell, CELL)}"
        for field, cell in addition.row.items()
        if cell and field != "nom"
    ]
    return f"- **{text(name_of(addition, rules))}** : {' ; '.join(cells)}"


def _questions(contribution: Contribution, rules: Rules) -> list[str]:
    return [
        *(_conflict(c, rules) for c in contribution.conflicts),
        *(_deletion(k, rules) for k in contribution.deletions),
    ]


def _conflict(conflict: Conflict, rules: Rules) -> str:
    field = text(title_of(rules.schema, conflict.field, inside=True))
    return (
        f"- **{text(called(conflict.key, rules))}**, {field} : la contribution remplace"
        f" {_cell(conflict.base)} par {_cell(conflict.theirs)}, mais le registre dit"
        f" {_cell(conflict.ours)} depuis l'ouverture de la page. Lequel garder ? Rien n'est changé"
        " tant que personne ne répond."
    )


def _deletion(key: Key, rules: Rules) -> str:
    return (
        f"- **{text(called(key, rules))}** : sa ligne a été retirée, et rien ne se supprime du"
        " registre. S'il n'existe plus, c'est son statut qu'il faut changer. Qu'en est-il ?"
    )


def _findings(contribution: Contribution, rules: Rules) -> list[str]:
    """What is said to the visitor, less what the questions say."""
    return [
        _finding(f, rules) for f in contribution.findings if f.key not in contribution.deletions
    ]


def _finding(finding: Finding, rules: Rules) -> str:
    about = f"**{text(finding.label)}**" if finding.label else ""
    known = finding.field in rules.schema.columns
    where = f"colonne {text(title_of(rules.schema, finding.field))}" if known else ""
    line = f"ligne {finding.line}" if finding.line and not finding.label else ""
    head = ", ".join(part for part in (about, where, line) if part)
    return f"- {head} : {sentence(finding.message)}" if head else f"- {sentence(finding.message)}"
