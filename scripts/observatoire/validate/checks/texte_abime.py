"""A text damaged on its way: accents read in the wrong encoding or lost, HTML entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.words import quote

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
        "« Rennes M�tropole » a perdu une lettre (« � ») : écrivez « Rennes Métropole ».",
        key=("243500139",),
        bad={"nom": "Rennes M\ufffdtropole"},
        good={"nom": "Rennes Métropole"},
        fix="Rennes Métropole",
    ),
    Example(
        "organisations",
        "« L?Abergement-Cl?menciat » a perdu une lettre (« ? ») : écrivez"
        " « L'Abergement-Clémenciat ».",
        key=("210100012",),
        bad={"nom": "L?Abergement-Cl?menciat"},
        good={"nom": "L'Abergement-Clémenciat"},
        fix="L'Abergement-Clémenciat",
    ),
    Example(
        "organisations",
        "« 12 rue de la Libert? » a perdu une lettre (« ? ») : retapez le mot.",
        key=("243500139",),
        bad={"adresse": "12 rue de la Libert?"},
        good={"adresse": "12 rue de la Liberté"},
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
    r"(?i)[ÃÂ€]"
    r"|&(?:amp|lt|gt|quot|apos|nbsp|[a-z]grave|[a-z]acute|#[0-9]{1,6}|#x[0-9a-f]{1,5});"
)
"""UTF-8 read as Windows-1252 (« Ã© » for é, « â€™ » for ’), HTML entities."""
NAMES = frozenset(
    ("nom", "adresse", "porteur", "thematique", "thematiques", "etiquettes", "programmes")
)
"""Columns where nobody asks a question."""


def check(context: Context) -> Iterator[Finding]:
    """Cells with the signs of a wrong encoding, or HTML entities."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.type == "string" and not field.name.startswith("url"):
                yield from sheet.judge(CODE, field.name, _verdict)
                yield from _lost(sheet, field.name, context)


def _lost(sheet: Sheet, field: str, context: Context) -> Iterator[Finding]:
    """Cells with lost letters; what a portal says is kept as it is, question marks included."""
    portal = "/" in sheet.name or field == "identifiant"
    marks = "\ufffd" if portal else "?\ufffd"
    cells = [(row, c) for row, c in sheet.suspected(field) if any(mark in c for mark in marks)]
    if not cells:
        return
    from observatoire.validate.lost import lost  # only for such a mark: start-up counts

    for row, cell in cells:
        if lost(cell, name=field in NAMES):
            yield sheet.finding(
                CODE, row, field, _retyped(cell, _known(sheet, row, field, context))
            )


def _known(sheet: Sheet, row: int, field: str, context: Context) -> Iterator[str]:
    """What the cell was before the change, then the name of its body in the reference."""
    yield context.former(sheet, row, field)
    if (sheet.name, field) == ("organisations", "nom"):
        ((siren,),) = sheet.cells([row], "siren")
        body = context.directory.bodies.get(siren)
        if body:
            yield body.nom


def _retyped(cell: str, known: Iterable[str]) -> Remark:
    """Which letters were lost; ``known`` are spellings that may tell them."""
    from observatoire.validate.lost import filled

    mark = "\ufffd" if "\ufffd" in cell else "?"
    problem = f"{quote(cell)} a perdu une lettre (« {mark} »)"
    trouble = f"{quote(cell)} has lost a letter (« {mark} »)"
    meant = next(filter(None, (filled(cell, spelling) for spelling in known)), None)
    if meant is None:
        return Remark(f"{problem} : retapez le mot.", f"{trouble}: type the word again.")
    return Remark(
        f"{problem} : écrivez {quote(meant)}.", f"{trouble}: write {quote(meant)}.", meant
    )


def _verdict(cell: str) -> Remark | None:
    if not re.search(DAMAGED, cell):
        return None
    meant = repaired(cell)
    if meant != cell:
        return Remark(
            f"{quote(cell)} a des accents abîmés : écrivez {quote(meant)}.",
            f"{quote(cell)} has damaged accents: write {quote(meant)}.",
            meant,
        )
    import html  # only for a damaged cell: start-up counts

    meant = html.unescape(cell).replace("\u00a0", " ")
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
