"""A cell that is not of the type of its column: number, whole number, date."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate import slips
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "type-de-valeur"
TITLE = "Nombre ou date mal écrits"
TITLE_EN = "Badly written number or date"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "« 48,1147 » n'est pas un nombre : écrivez « 48.1147 », avec un point et non une virgule.",
        key=("243500139",),
        bad={"latitude": "48,1147"},
        good={"latitude": "48.1147"},
        fix="48.1147",
    ),
    Example(
        "publications",
        "« 23/11/2022 » n'est pas une date : écrivez « 2022-11-23 », dans l'ordre année-mois-jour.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"derniere_mise_a_jour": "23/11/2022"},
        good={"derniere_mise_a_jour": "2022-11-23"},
        fix="2022-11-23",
    ),
    Example(
        "publications",
        "« 23/11/22 » n'est pas une date : vouliez-vous écrire « 2022-11-23 », dans l'ordre"
        " année-mois-jour ?",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"derniere_mise_a_jour": "23/11/22"},
        good={"derniere_mise_a_jour": "2022-11-23"},
    ),
    Example(
        "publications",
        "« 57.0 » n'est pas un nombre entier : écrivez « 57 », sans partie décimale.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"nb_jeux": "57.0"},
        good={"nb_jeux": "57"},
        fix="57",
    ),
    Example(
        "publications",
        "« environ 57 jeux » n'est pas un nombre entier : vouliez-vous écrire « 57 » ?",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"nb_jeux": "environ 57 jeux"},
        good={"nb_jeux": "57"},
    ),
    Example(
        "publications",
        "« beaucoup » n'est pas un nombre entier : écrivez des chiffres seulement (exemple :"
        " « 57 »), ou laissez la cellule vide.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"nb_jeux": "beaucoup"},
        good={"nb_jeux": ""},
    ),
)

_WHAT = {
    "integer": ("un nombre entier", "a whole number"),
    "number": ("un nombre", "a number"),
    "date": ("une date", "a date"),
}
_HOW = {
    "integer": ("des chiffres seulement", "digits only"),
    "number": ("des chiffres, avec un point pour les décimales", "digits, with a decimal point"),
    "date": ("l'année, le mois et le jour en chiffres", "year, month and day in digits"),
}
_GUESS = {"integer": slips.integer, "number": slips.number, "date": slips.day}


def check(context: Context) -> Iterator[Finding]:
    """Cells of typed columns that cannot be read."""
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.type in _WHAT:
                yield from sheet.judge(CODE, field.name, _verdict(field))


def _verdict(field: Field) -> Callable[[str], Remark | None]:
    read = cells.reader(field.type)
    return lambda cell: _remark(cell, field) if read(cell) is None else None


def _remark(cell: str, field: Field) -> Remark:
    what, thing = _WHAT[field.type]
    problem, trouble = f"{quote(cell)} n'est pas {what}", f"{quote(cell)} is not {thing}"
    slip = _GUESS[field.type](cell)
    if slip:
        return Remark(
            f"{problem} : écrivez {quote(slip.fix)}, {slip.words}.",
            f"{trouble}: write {quote(slip.fix)}, {slip.english}.",
            slip.fix,
        )
    if field.type == "date" and (likely := slips.likely_day(cell)):
        return Remark(
            f"{problem} : vouliez-vous écrire {quote(likely)}, dans l'ordre année-mois-jour ?",
            f"{trouble}: did you mean {quote(likely)}, in the order year-month-day?",
        )
    if field.type != "date" and (likely := slips.likely_number(cell, field.type)):
        return Remark(
            f"{problem} : vouliez-vous écrire {quote(likely)} ?",
            f"{trouble}: did you mean {quote(likely)}?",
        )
    how, way = _HOW[field.type]
    example = f" (exemple : {quote(field.example)})" if field.example else ""
    sample = f" (example: {quote(field.example)})" if field.example else ""
    empty = "" if field.required else ", ou laissez la cellule vide"
    blank = "" if field.required else ", or leave the cell empty"
    return Remark(
        f"{problem} : écrivez {how}{example}{empty}.", f"{trouble}: write {way}{sample}{blank}."
    )
