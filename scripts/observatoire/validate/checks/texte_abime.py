"""A text damaged on its way: accents read in the wrong encoding, HTML entities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.words import quote

CODE = "texte-abime"
TITLE = "Accents ou caractères abîmés"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« Rennes MÃ©tropole » a des accents abîmés : écrivez « Rennes Métropole ».",
        key=("243500139",),
        bad={"nom": "Rennes MÃ©tropole"},
        good={"nom": "Rennes Métropole"},
        fix="Rennes Métropole",
    ),
    Example(
        "organisations",
        "« Rennes M�tropole » a perdu un accent (« � ») : retapez le mot.",
        key=("243500139",),
        bad={"nom": "Rennes M\ufffdtropole"},
        good={"nom": "Rennes Métropole"},
    ),
    Example(
        "organisations",
        "« Eau &amp; Assainissement » contient un code de page web : écrivez « Eau &"
        " Assainissement ».",
        key=("219300597",),
        bad={"nom": "Eau &amp; Assainissement"},
        good={"nom": "Eau & Assainissement"},
        fix="Eau & Assainissement",
    ),
)
SIGNS = frozenset("ÃÂâ\ufffd")
"""What the first byte of an accented letter in UTF-8 looks like in Windows-1252."""
ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|eacute|egrave|agrave|#[0-9]{1,6}|#x[0-9a-f]{1,5});", re.I
)


def check(context: Context) -> Iterator[Finding]:
    """Cells with the signs of a wrong encoding, or HTML entities."""
    for sheet in context.sheets():
        if not (
            SIGNS & context.odd(sheet) or (b";" in (raw := context.raw(sheet)) and b"&" in raw)
        ):
            continue
        for field in sheet.schema.fields:
            if field.type == "string" and not field.name.startswith("url"):
                yield from sheet.judge(CODE, field.name, _verdict)


def _verdict(cell: str) -> Remark | None:
    if "\ufffd" in cell:
        return Remark(f"{quote(cell)} a perdu un accent (« \ufffd ») : retapez le mot.")
    if not SIGNS.isdisjoint(cell):
        meant = repaired(cell)
        if meant != cell:
            return Remark(f"{quote(cell)} a des accents abîmés : écrivez {quote(meant)}.", meant)
    if "&" in cell and ENTITY.search(cell):
        import html  # only for a damaged cell: start-up counts

        meant = html.unescape(cell)
        return Remark(
            f"{quote(cell)} contient un code de page web : écrivez {quote(meant)}.", meant
        )
    return None


def repaired(cell: str) -> str:
    """The text that was UTF-8 read as Windows-1252; the cell itself when it was not."""
    try:
        return cell.encode("cp1252").decode()
    except UnicodeError:
        return cell
