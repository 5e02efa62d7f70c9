"""A theme of an organisation that is not in the table of themes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.watch import Distinct, Watch
from observatoire.words import closest, listed, quote

CODE = "theme-inconnu"
TITLE = "Thème inconnu"
TITLE_EN = "Unknown theme"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« culture » n'est pas un thème de la table thematiques : écrivez « Culture|Social ».",
        key=("243500139",),
        bad={"thematiques": "Social|culture"},
        good={"thematiques": "Culture|Social"},
        fix="Culture|Social",
    ),
    Example(
        "organisations",
        "les thèmes sont séparés par une barre : écrivez « Culture|Social ».",
        key=("243500139",),
        bad={"thematiques": "Social, Culture"},
        good={"thematiques": "Culture|Social"},
        fix="Culture|Social",
    ),
    Example(
        "organisations",
        "« Trottinettes » n'est pas un thème de la table thematiques : choisissez parmi « Culture »"
        " et « Social ».",
        key=("243500139",),
        bad={"thematiques": "Social|Trottinettes"},
        good={"thematiques": "Social"},
    ),
)


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """The themes of the organisations."""
    if name == "organisations":
        yield Distinct("thematiques")


def check(context: Context) -> Iterator[Finding]:
    """Values of ``thematiques`` that are no theme."""
    sheet, themes = context.wanted("organisations"), context.sheet("thematiques")
    if sheet is not None and themes is not None:
        verdict = _verdict(themes.column("nom"))
        yield from sheet.judge_all(CODE, "thematiques", verdict)


def _verdict(known: list[str]) -> Callable[[str], Remark | None]:
    allowed = frozenset(known)

    def verdict(cell: str) -> Remark | None:
        values = cell.split("|")
        unknown = [v for v in values if v not in allowed]
        if not unknown:
            return None
        apart = {v.strip() for v in re.split(r"[|;,/]| et ", cell)} - {""}
        themes = {v if v in allowed else closest(v, known) for v in apart}
        if len(apart) > len(values) and all(themes):
            meant = "|".join(sorted(themes))
            return Remark(
                f"les thèmes sont séparés par une barre : écrivez {quote(meant)}.",
                f"the themes are separated by a bar: write {quote(meant)}.",
                meant,
            )
        near = {u: closest(u, known) for u in unknown}
        mot = "n'est pas un thème" if len(unknown) == 1 else "ne sont pas des thèmes"
        problem = f"{listed(unknown, 'et')} {mot} de la table thematiques"
        verb = "is not a theme" if len(unknown) == 1 else "are no themes"
        trouble = f"{listed(unknown, 'and')} {verb} of the table thematiques"
        if all(near.values()):
            meant = "|".join(sorted({near.get(v, v) for v in values}))
            return Remark(
                f"{problem} : écrivez {quote(meant)}.", f"{trouble}: write {quote(meant)}.", meant
            )
        choice = f"choisissez parmi {listed(known, 'et')}" if known else "ajoutez-le d'abord"
        choose = f"choose among {listed(known, 'and')}" if known else "add it there first"
        return Remark(f"{problem} : {choice}.", f"{trouble}: {choose}.")

    return verdict
