"""A cell that points at a line of another table which does not exist (foreign key)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from observatoire.model import Finding, Severity
from observatoire.schema import ForeignKey, Schema
from observatoire.validate.checks.cle_disparue import CITED
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.validate.watch import Distinct, Watch
from observatoire.words import closest, quote

CODE = "lien-inconnu"
TITLE = "Renvoi à une ligne qui n'existe pas"
TITLE_EN = "Reference to a line that does not exist"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "publications",
        "« rennes-metropol » n'existe pas dans la table « plateformes » : vouliez-vous écrire"
        " « rennes-metropole » ?",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"plateforme": "rennes-metropol"},
        good={"plateforme": "rennes-metropole"},
    ),
    Example(
        "publications",
        "« 130025265 » n'existe pas dans la table « organisations » : corrigez cette cellule, ou"
        " ajoutez d'abord la ligne qui manque dans data/organisations.csv.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"siren": "130025265"},
        good={"siren": "243500139"},
    ),
    Example(
        "organisations",
        "« 96 » n'existe pas dans la table « reference/departements » : corrigez cette cellule.",
        key=("210100012",),
        bad={"departement": "96"},
        good={"departement": "01"},
    ),
)

GUESSES = 20
"""Distinct wrong values for which a likely one is looked for: the search is slow."""


def watches(_: str, schema: Schema) -> Iterator[Watch[Any]]:
    """The cells that point, and the keys that they point at."""
    yield from (Distinct(k.fields[0]) for k in schema.foreign_keys if len(k.fields) == 1)
    yield from (Distinct(name) for name in schema.primary_key if len(schema.primary_key) == 1)


def check(context: Context) -> Iterator[Finding]:
    """Cells of foreign keys that name no line."""
    for sheet in context.sheets():
        for link in sheet.schema.foreign_keys:
            target = context.sheet(
                context.register.resolve(link.resource, sheet.name) if link.resource else sheet.name
            )
            if target is not None:
                yield from _broken(context, sheet, link, target)


def _broken(context: Context, sheet: Sheet, link: ForeignKey, target: Sheet) -> Iterator[Finding]:
    if len(link.fields) == 1:
        pointing = sheet.watched(Distinct(link.fields[0]))
        if pointing <= target.watched(Distinct(link.reference[0])):
            return
    known = set(_cells(target, link.reference))
    cells = _cells(sheet, link.fields)
    wanted = {key for key in set(cells) - known if any(key) and _shaped(sheet, link, key)}
    if not wanted:
        return
    before = None if target.name.startswith("reference/") else context.past
    past = before.sheet(target.name) if before else None
    # A line that the change removed is told of once, by ``cle-disparue``.
    gone = wanted & set(_cells(past, link.reference)) if past else set[tuple[str, ...]]()
    near = {key: _closest(key, known) for key in sorted(wanted - gone)[:GUESSES]}
    table = link.resource or sheet.name
    told = gone if table in CITED and target.name in context.names else set[tuple[str, ...]]()
    moved = _moved(context, table)
    for row, key in enumerate(cells):
        if key in wanted:
            if " ".join(key) in moved:
                said = _redirected(key, moved[" ".join(key)])
            elif key in told:
                continue
            elif key in gone:
                said = _gone(key, table)
            else:
                said = _remark(key, table, near.get(key, ""))
            yield sheet.finding(CODE, row, link.fields[0], said)


def _moved(context: Context, table: str) -> dict[str, str]:
    """The retired keys of a table, with those that replace them."""
    sheet = context.sheet("redirections")
    if sheet is None:
        return {}
    columns = (sheet.column(n) for n in ("table", "cle", "successeur"))
    return {old: new for name, old, new in zip(*columns, strict=True) if name == table}


def _redirected(key: Sequence[str], heir: str) -> Remark:
    shown = quote(" / ".join(key))
    return Remark(
        f"{shown} a été remplacé par {quote(heir)} (data/redirections.csv) : écrivez"
        f" {quote(heir)}.",
        f"{shown} was replaced by {quote(heir)} (data/redirections.csv): write {quote(heir)}.",
        heir if len(key) == 1 else None,
    )


def _gone(key: Sequence[str], table: str) -> Remark:
    """The line that a cell points at was there before the change: this cell is not the mistake."""
    shown = quote(" / ".join(key))
    return Remark(
        f"{shown} n'est plus dans data/{table}.csv : remettez-y sa ligne, ne changez pas celle-ci.",
        f"{shown} is no longer in data/{table}.csv: put its line back there, leave this one alone.",
    )


def _cells(sheet: Sheet, names: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(sheet.column(n) for n in names), strict=True))


def _shaped(sheet: Sheet, link: ForeignKey, key: Sequence[str]) -> bool:
    """A cell without the shape of its column is already the matter of another check."""
    patterns = (sheet.schema.field(n).compiled for n in link.fields)
    return all(not p or not c or p.fullmatch(c) for p, c in zip(patterns, key, strict=True))


def _closest(key: Sequence[str], known: set[tuple[str, ...]]) -> str:
    """Digits that look alike name something else: only words are guessed."""
    if len(key) > 1 or key[0].isdigit():
        return ""
    return closest(key[0], sorted(k[0] for k in known))


def _remark(key: Sequence[str], table: str, near: str) -> Remark:
    problem = f"{quote(' / '.join(key))} n'existe pas dans la table {quote(table)}"
    trouble = f"{quote(' / '.join(key))} is not in the table {quote(table)}"
    if near:
        return Remark(
            f"{problem} : vouliez-vous écrire {quote(near)} ?",
            f"{trouble}: did you mean {quote(near)}?",
        )
    if table.startswith("reference/"):
        return Remark(f"{problem} : corrigez cette cellule.", f"{trouble}: correct this cell.")
    return Remark(
        f"{problem} : corrigez cette cellule, ou ajoutez d'abord la ligne qui manque dans"
        f" data/{table}.csv.",
        f"{trouble}: correct this cell, or first add the missing line to data/{table}.csv.",
    )
