"""A line that a spreadsheet adds around the table: totals, a note, the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "ligne-etrangere"
TITLE = "Ligne qui n'est pas du tableau (total, note, noms de colonnes)"
TITLE_EN = "Line that is not of the table (total, note, names of columns)"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« Total : 4 » : cette ligne n'est pas celle d'un organisme ni d'une plateforme (un total,"
        " une note ?), supprimez-la.",
        key=("Total : 4",),
        bad={
            "nom": "",
            "type": "",
            "departement": "",
            "adresse": "",
            "latitude": "",
            "longitude": "",
            "population_desservie": "120000",
            "thematiques": "",
            "programmes": "",
            "statut": "",
        },
        good=None,
    ),
    Example(
        "thematiques",
        "cette ligne répète les noms des colonnes : supprimez-la.",
        content="nom,etiquettes,statut\nCulture,musée|théâtre,actif\nnom,etiquettes,statut\n",
    ),
)
FEW = 3
"""Cells: a line that has more was meant for the table."""


def check(context: Context) -> Iterator[Finding]:
    """The lines that hold the names of the columns, or a few words where a key should be."""
    for sheet in context.sheets():
        if "/" in sheet.name:
            continue
        for row in sheet.suspects:
            said = _remark(sheet.row(row), sheet.schema)
            if said:
                yield sheet.finding(CODE, row, "", said)


def _remark(cells: tuple[str, ...], schema: Schema) -> Remark | None:
    if sum(c == name for c, name in zip(cells, schema.columns, strict=True)) > len(cells) // 2:
        return Remark(
            "cette ligne répète les noms des colonnes : supprimez-la.",
            "this line repeats the names of the columns: delete it.",
        )
    filled = [cell for cell in cells if cell.strip()]
    if not filled or len(filled) > FEW or len(filled) * 2 > len(cells) or _keyed(cells, schema):
        return None
    return Remark(
        f"{quote(filled[0])} : cette ligne n'est pas celle d'un organisme ni d'une plateforme (un"
        " total, une note ?), supprimez-la.",
        f"{quote(filled[0])}: this line is not that of an organisation or a platform (a total, a"
        " note?), delete it.",
    )


def _keyed(cells: tuple[str, ...], schema: Schema) -> bool:
    """Whether a required cell of the line, its key included, is as it should be."""
    for field, cell in zip(schema.fields, cells, strict=True):
        sound = not field.compiled or field.compiled.fullmatch(cell)
        if field.required and cell.strip() and sound and (not field.enum or cell in field.enum):
            return True
    return False
