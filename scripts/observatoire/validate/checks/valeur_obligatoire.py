"""An empty cell where the schema requires a value."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import listed, quote

CODE = "valeur-obligatoire"
TITLE = "Cellule obligatoire vide"
TITLE_EN = "Empty required cell"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "cette cellule est obligatoire : écrivez le nom de l'organisme, tel qu'il se nomme"
        " lui-même (exemple : « Rennes Métropole »).",
        key=("243500139",),
        bad={"nom": ""},
        good={"nom": "Rennes Métropole"},
    ),
    Example(
        "publications",
        "cette cellule est obligatoire : écrivez « publie », « vide » ou « disparu ».",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"statut": ""},
        good={"statut": "publie"},
    ),
    Example(
        "organisations",
        "cette cellule est obligatoire et contenait « MET » : remettez-le.",
        key=("243500139",),
        bad={"type": ""},
        good={"type": "MET"},
        fix="MET",
        before={"type": "MET"},
    ),
)

BARE = Remark(
    "toutes les cellules de cette ligne sont vides : supprimez-la.",
    "all the cells of this line are empty: delete it.",
)
"""A line of commas, which a spreadsheet leaves where somebody erased the cells."""


def check(context: Context) -> Iterator[Finding]:
    """Empty cells of required columns."""
    for sheet in context.sheets():
        bare = {row for row in sheet.suspects if not any(sheet.row(row))}
        yield from (sheet.finding(CODE, row, "", BARE) for row in sorted(bare))
        for field in sheet.schema.fields:
            if field.required:
                said = _remark(field)
                rows = [row for row, c in sheet.suspected(field.name) if not c and row not in bare]
                for row in rows:
                    lost = context.former(sheet, row, field.name)
                    yield sheet.finding(CODE, row, field.name, _lost(lost) if lost else said)


def _lost(cell: str) -> Remark:
    return Remark(
        f"cette cellule est obligatoire et contenait {quote(cell)} : remettez-le.",
        f"this cell is required and held {quote(cell)}: put it back.",
        cell,
    )


def _remark(field: Field) -> Remark:
    sample = f" (example: {quote(field.example)})" if field.example else ""
    value = listed(field.enum, "or") if field.enum else f"a value{sample}"
    return Remark(
        f"cette cellule est obligatoire : écrivez {_what(field)}.",
        f"this cell is required: write {value}.",
    )


def _what(field: Field) -> str:
    if field.enum:
        return listed(field.enum)
    example = f" (exemple : {quote(field.example)})" if field.example else ""
    return _inner(field.description or field.title).rstrip(".") + example


def _inner(sentence: str) -> str:
    """A description inside a sentence: « Nom de l'organisme » becomes « le nom de... »."""
    first = sentence.split(" ", 1)[0]
    article = {"Nom": "le ", "Numéro": "le ", "Identifiant": "l'", "Code": "le "}.get(first, "")
    lower = sentence[:1].lower() + sentence[1:] if first[1:].islower() else sentence
    return article + lower
