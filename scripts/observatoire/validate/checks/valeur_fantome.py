"""What stands where nobody wrote a value: null, undefined, #N/A of tools, NC, idem of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate.context import Context
from observatoire.validate.grammar import GHOSTS
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "valeur-fantome"
TITLE = "Valeur qui n'en est pas une (null, undefined, NC, idem…)"
TITLE_EN = "Value that is none (null, undefined, NC, idem…)"
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
    Example(
        "publications",
        "« n/c » n'est pas une valeur : laissez vide la cellule dont on ne sait rien.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"nb_jeux": "n/c"},
        good={"nb_jeux": ""},
        fix="",
    ),
    Example(
        "organisations",
        "« idem » ne se comprend qu'avec la ligne du dessus, qui peut changer de place : recopiez"
        " la valeur.",
        key=("243500139",),
        bad={"adresse": "idem"},
        good={"adresse": "35200 Rennes"},
    ),
)
BROKEN = ("#n/a", "#ref!", "#valeur!", "#value!", "#nom?", "#name?", "#div/0!", "#nul!", "#####")
NOTHING = frozenset(
    (
        *("nc", "n/c", "n.c", "n.c.", "nr", "n/r", "na", "n/a", "n.a.", "neant", "néant"),
        *("inconnu", "inconnue", "xx", "xxx", "-", "--", "?", "??", ".", "...", "/"),
    )
)
"""What people write in a cell of which they know nothing."""
NO_NUMBER = NOTHING | {"aucun", "aucune", "vide", "sans objet", "à compléter", "à renseigner", "–"}
"""The same where only a number or a date is expected."""
SAME = frozenset(("idem", "id", "id."))


def check(context: Context) -> Iterator[Finding]:
    """Cells that hold such a word and nothing else."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            yield from sheet.judge(CODE, field.name, _verdict(field))
            if "/" not in sheet.name and field.name not in sheet.schema.primary_key:
                yield from sheet.judge(CODE, field.name, _unsaid(field))


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


def _unsaid(field: Field) -> Callable[[str], Remark | None]:
    nothing = NOTHING if field.type == "string" else NO_NUMBER
    empty = None if field.required else ""
    how = "laissez vide la cellule dont on ne sait rien" if not field.required else "cherchez-la"
    way = "leave a cell empty when nothing is known" if not field.required else "look for it"

    def verdict(cell: str) -> Remark | None:
        if cell in field.enum:
            return None
        if cell.lower() in SAME:
            return Remark(
                f"{quote(cell)} ne se comprend qu'avec la ligne du dessus, qui peut changer de"
                " place : recopiez la valeur.",
                f"{quote(cell)} is only understood with the line above, which may move: copy the"
                " value.",
            )
        if cell.lower() in nothing:
            return Remark(
                f"{quote(cell)} n'est pas une valeur : {how}.",
                f"{quote(cell)} is not a value: {way}.",
                empty,
            )
        return None

    return verdict
