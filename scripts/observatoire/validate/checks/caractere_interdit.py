"""Characters that break tables, pages or searches: HTML, straight quotes, tabs, invisible ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "caractere-interdit"
TITLE = "Caractère invisible, balise ou guillemet droit"
TITLE_EN = "Invisible character, tag or straight quotation mark"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« Rennes[U+200E] Métropole » contient un caractère invisible : écrivez « Rennes"
        " Métropole ».",
        key=("243500139",),
        bad={"nom": "Rennes\u200e Métropole"},
        good={"nom": "Rennes Métropole"},
        fix="Rennes Métropole",
    ),
    Example(
        "organisations",
        "« Rennes[U+00A0]Métropole » contient un espace insécable : écrivez « Rennes Métropole ».",
        key=("243500139",),
        bad={"nom": "Rennes\u00a0Métropole"},
        good={"nom": "Rennes Métropole"},
        fix="Rennes Métropole",
    ),
    Example(
        "organisations",
        "« Rennes <b>Métropole</b> » contient « < » ou « > », qui sont réservés aux pages web :"
        " écrivez le texte sans balise.",
        key=("243500139",),
        bad={"nom": "Rennes <b>Métropole</b>"},
        good={"nom": "Rennes Métropole"},
    ),
    Example(
        "organisations",
        '« Syndicat "Nord" » contient un guillemet droit : écrivez « Syndicat ’Nord’ » ou des'
        " guillemets français.",
        key=("219300597",),
        bad={"nom": 'Syndicat "Nord"'},
        good={"nom": "Syndicat ’Nord’"},
    ),
)
CONTROLS = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))


def check(context: Context) -> Iterator[Finding]:
    """Cells with such a character."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            yield from sheet.judge(CODE, field.name, _remark)


def hidden(char: str) -> bool:
    """Whether a character is not to be seen (controls, marks of direction, unassigned)."""
    return unicodedata.category(char) in CONTROLS


def _remark(cell: str) -> Remark | None:
    if cell.isascii() and cell.isprintable() and not set('"<>') & set(cell):
        return None
    unseen = [c for c in cell if hidden(c)]
    if unseen:
        clean = "".join(" " if c in "\t\u2028\u2029" else "" if hidden(c) else c for c in cell)
        tab = "\t" in unseen
        what = "une tabulation" if tab else "un caractère invisible"
        thing = "a tab" if tab else "an invisible character"
        return Remark(
            f"{quote(cell)} contient {what} : écrivez {quote(clean)}.",
            f"{quote(cell)} contains {thing}: write {quote(clean)}.",
            clean,
        )
    if any(c.isspace() and c != " " for c in cell):
        clean = " ".join(cell.split())
        return Remark(
            f"{quote(cell)} contient un espace insécable : écrivez {quote(clean)}.",
            f"{quote(cell)} contains a blank of another width: write {quote(clean)}.",
            clean,
        )
    if "<" in cell or ">" in cell:
        return Remark(
            f"{quote(cell)} contient « < » ou « > », qui sont réservés aux pages web : écrivez le"
            " texte sans balise.",
            f"{quote(cell)} contains « < » or « > », which are reserved for web pages: write the"
            " text without tags.",
        )
    if '"' not in cell:
        return None
    plain = cell.replace('"', "’")
    return Remark(
        f"{quote(cell)} contient un guillemet droit : écrivez {quote(plain)} ou des guillemets"
        " français.",
        f"{quote(cell)} contains a straight quotation mark: write {quote(plain)} or typographic"
        " quotation marks.",
    )
