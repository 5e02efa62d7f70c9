"""A cell that a spreadsheet would run as a formula when it opens the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "formule"
TITLE = "Formule de tableur"
TITLE_EN = "Spreadsheet formula"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« =HYPERLINK(A1) » commence par « = » : un tableur l'exécuterait. Écrivez le texte sans"
        " ce signe.",
        key=("243500139",),
        bad={"nom": "=HYPERLINK(A1)"},
        good={"nom": "Rennes Métropole"},
    ),
)
STARTS = frozenset("=+-@|")
"""What makes a cell a formula in the usual spreadsheets (OWASP, CSV injection)."""
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")


def check(context: Context) -> Iterator[Finding]:
    """Text cells that begin as a formula does; a number may have a sign."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.type == "string" and not field.compiled and not field.enum:
                yield from sheet.judge(CODE, field.name, _verdict)


def _verdict(cell: str) -> Remark | None:
    if cell[0] not in STARTS or NUMBER.fullmatch(cell):
        return None
    return Remark(
        f"{quote(cell)} commence par « {cell[0]} » : un tableur l'exécuterait. Écrivez le texte"
        " sans ce signe.",
        f"{quote(cell)} begins with « {cell[0]} »: a spreadsheet would run it. Write the text"
        " without that sign.",
    )
