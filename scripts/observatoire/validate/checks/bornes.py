"""A number below the smallest or above the greatest value that the schema allows; a long text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate import slips
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "bornes"
TITLE = "Nombre trop petit ou trop grand, texte trop long"
TITLE_EN = "Number too small or too great, text too long"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "publications",
        "« -3 » est trop petit : le plus petit nombre permis est 0.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"nb_jeux": "-3"},
        good={"nb_jeux": "3"},
    ),
    Example(
        "organisations",
        "« 481.147 » est trop grand : le plus grand nombre permis est 90.",
        key=("243500139",),
        bad={"latitude": "481.147"},
        good={"latitude": "48.1147"},
    ),
    Example(
        "organisations",
        "« 481147 » a perdu sa virgule : vouliez-vous écrire « 48.1147 » ?",
        key=("243500139",),
        bad={"latitude": "481147"},
        good={"latitude": "48.1147"},
    ),
    Example(
        "organisations",
        "« Rennes Rennes Rennes Rennes Rennes Rennes Rennes Rennes Rennes Rennes Rennes Re… »"
        " compte 2\u202f099 caractères, c'est trop pour une cellule : gardez-en 2\u202f000 au"
        " plus.",
        key=("243500139",),
        bad={"nom": " ".join(["Rennes"] * 300)},
        good={"nom": "Rennes Métropole"},
    ),
)
WHOLE = {"latitude": 2, "longitude": 1}
"""Digits before the point of most coordinates in France."""
LONGEST = 2_000
"""Characters; the longest cell of the register of 2022 has 436."""


def check(context: Context) -> Iterator[Finding]:
    """Numbers outside their bounds; a cell that is no number is the matter of another check."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.minimum is not None or field.maximum is not None:
                yield from sheet.judge(CODE, field.name, _verdict(field))
            elif field.type == "string":
                yield from sheet.judge(CODE, field.name, _length)


def _length(cell: str) -> Remark | None:
    if len(cell) <= LONGEST:
        return None
    from observatoire.french import number  # only for such a cell: start-up counts

    size = number(len(cell))
    return Remark(
        f"{quote(cell)} compte {size} caractères, c'est trop pour une cellule : gardez-en"
        f" {number(LONGEST)} au plus.",
        f"{quote(cell)} has {len(cell):,} characters, too many for a cell: keep {LONGEST:,} at"
        " most.",
    )


def _verdict(field: Field) -> Callable[[str], Remark | None]:
    read = cells.reader(field.type)

    def verdict(cell: str) -> Remark | None:
        value = read(cell)
        if value is None or isinstance(value, str | date):
            return None
        if not isinstance(value, int) and value.is_nan():
            return Remark(
                f"{quote(cell)} n'est pas un nombre : écrivez un nombre.",
                f"{quote(cell)} is not a number: write a number.",
            )
        if field.minimum is not None and value < field.minimum:
            return Remark(
                f"{quote(cell)} est trop petit : le plus petit nombre permis est {field.minimum}.",
                f"{quote(cell)} is too small: the smallest number allowed is {field.minimum}.",
            )
        point = slips.pointed(cell, WHOLE.get(field.name, 0))
        if field.maximum is not None and value > field.maximum and point:
            return Remark(
                f"{quote(cell)} a perdu sa virgule : vouliez-vous écrire {quote(point)} ?",
                f"{quote(cell)} has lost the point of its decimals: did you mean {quote(point)}?",
            )
        if field.maximum is not None and value > field.maximum:
            return Remark(
                f"{quote(cell)} est trop grand : le plus grand nombre permis est {field.maximum}.",
                f"{quote(cell)} is too great: the greatest number allowed is {field.maximum}.",
            )
        return None

    return verdict
