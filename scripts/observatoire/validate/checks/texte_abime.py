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
TITLE_EN = "Damaged accents or characters"
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
DAMAGED = (
    r"(?i)[ÃÂ€\ufffd]"
    r"|&(?:amp|lt|gt|quot|apos|nbsp|[a-z]grave|[a-z]acute|#[0-9]{1,6}|#x[0-9a-f]{1,5});"
)
"""UTF-8 read as Windows-1252 (« Ã© » for é, « â€™ » for ’), lost letters, HTML entities."""


def check(context: Context) -> Iterator[Finding]:
    """Cells with the signs of a wrong encoding, or HTML entities."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.type == "string" and not field.name.startswith("url"):
                yield from sheet.judge(CODE, field.name, _verdict)


def _verdict(cell: str) -> Remark | None:
    if not re.search(DAMAGED, cell):
        return None
    if "\ufffd" in cell:
        return Remark(
            f"{quote(cell)} a perdu un accent (« \ufffd ») : retapez le mot.",
            f"{quote(cell)} has lost an accent (« \ufffd »): type the word again.",
        )
    meant = repaired(cell)
    if meant != cell:
        return Remark(
            f"{quote(cell)} a des accents abîmés : écrivez {quote(meant)}.",
            f"{quote(cell)} has damaged accents: write {quote(meant)}.",
            meant,
        )
    import html  # only for a damaged cell: start-up counts

    meant = html.unescape(cell)
    if meant == cell:
        return None
    return Remark(
        f"{quote(cell)} contient un code de page web : écrivez {quote(meant)}.",
        f"{quote(cell)} contains a code of a web page: write {quote(meant)}.",
        meant,
    )


def repaired(cell: str) -> str:
    """The text that was UTF-8 read as Windows-1252; the cell itself when it was not."""
    try:
        return cell.encode("cp1252").decode()
    except UnicodeError:
        return cell
