"""What a tool writes where nobody wrote anything: null, undefined, NaN, #N/A."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate.context import Context
from observatoire.validate.grammar import GHOSTS
from observatoire.validate.model import Example, Remark
from observatoire.validate.words import quote

CODE = "valeur-fantome"
TITLE = "Valeur écrite par un outil (null, undefined…)"
TITLE_EN = "Value written by a tool (null, undefined…)"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« undefined » a été écrit par un outil à la place d'une cellule vide : effacez-le.",
        key=("243500139",),
        bad={"adresse": "undefined"},
        good={"adresse": ""},
        fix="",
    ),
    Example(
        "organisations",
        "« #REF! » est une erreur de tableur : retapez la valeur, ou effacez la cellule.",
        key=("243500139",),
        bad={"adresse": "#REF!"},
        good={"adresse": ""},
    ),
)
BROKEN = ("#n/a", "#ref!", "#valeur!", "#value!", "#nom?", "#name?", "#div/0!", "#nul!", "#####")


def check(context: Context) -> Iterator[Finding]:
    """Cells that hold such a word and nothing else."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            yield from sheet.judge(CODE, field.name, _verdict(field))


def _verdict(field: Field) -> Callable[[str], Remark | None]:
    empty = None if field.required else ""

    def verdict(cell: str) -> Remark | None:
        if cell in field.enum:
            return None
        if cell.lower() in GHOSTS:
            return Remark(
                f"{quote(cell)} a été écrit par un outil à la place d'une cellule vide :"
                " effacez-le.",
                f"{quote(cell)} was written by a tool in place of an empty cell: erase it.",
                empty,
            )
        if cell.lower().startswith(BROKEN):
            return Remark(
                f"{quote(cell)} est une erreur de tableur : retapez la valeur, ou effacez la"
                " cellule.",
                f"{quote(cell)} is a spreadsheet error: type the value again, or erase the cell.",
            )
        return None

    return verdict
