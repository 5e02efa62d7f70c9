"""A theme of an organisation that is not in the table of themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.words import closest, listed, quote

CODE = "theme-inconnu"
TITLE = "Thème inconnu"
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
        "« Trottinettes » n'est pas un thème de la table thematiques : choisissez parmi « Culture »"
        " et « Social ».",
        key=("243500139",),
        bad={"thematiques": "Social|Trottinettes"},
        good={"thematiques": "Social"},
    ),
)


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
        near = {u: closest(u, known) for u in unknown}
        problem = f"{listed(unknown, 'et')} n'est pas un thème de la table thematiques"
        if all(near.values()):
            meant = "|".join(sorted({near.get(v, v) for v in values}))
            return Remark(f"{problem} : écrivez {quote(meant)}.", meant)
        choice = f"choisissez parmi {listed(known, 'et')}" if known else "ajoutez-le d'abord"
        return Remark(f"{problem} : {choice}.")

    return verdict
