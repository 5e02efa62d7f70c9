"""A key that stands twice in its table, or a value that must be unique and is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.validate.watch import InOrder, Watch
from observatoire.validate.words import quote

CODE = "cle-en-double"
TITLE = "Ligne en double"
TITLE_EN = "Line that stands twice"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "thematiques",
        "la clé « Culture » est déjà à la ligne 2 : gardez une seule des deux lignes.",
        content="nom,etiquettes,statut\nCulture,musée,actif\nCulture,théâtre,actif\n",
    ),
)


KEY = (
    "la clé {} est déjà à la ligne {} : gardez une seule des deux lignes.",
    "the key {} already stands on line {}: keep only one of the two lines.",
)
VALUE = (
    "la valeur {} est déjà à la ligne {} : écrivez-en une autre.",
    "the value {} already stands on line {}: write another one.",
)


def watches(_: str, schema: Schema) -> Iterator[Watch[Any]]:
    """The order of the keys: when they rise from line to line, none stands twice."""
    yield InOrder(schema.primary_key)


def check(context: Context) -> Iterator[Finding]:
    """Rows whose primary key, or a cell of a unique column, stands higher in the table."""
    for sheet in context.sheets():
        if not sheet.in_order:
            yield from _repeated(sheet, sheet.schema.primary_key, "", KEY)
        for field in sheet.schema.fields:
            if field.unique:
                yield from _repeated(sheet, (field.name,), field.name, VALUE)


def _repeated(
    sheet: Sheet, names: Sequence[str], field: str, words: tuple[str, str]
) -> Iterator[Finding]:
    keys = list(zip(*(_spelt(sheet, n) for n in names), strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[str, ...], int] = {}
    for row, key in enumerate(keys):
        first = seen.setdefault(key, row)
        if first != row and any(key):
            shown = quote(" / ".join(key))
            french, english = (w.format(shown, first + 2) for w in words)
            yield sheet.finding(CODE, row, field, Remark(french, english))


def _spelt(sheet: Sheet, name: str) -> Sequence[str]:
    """The cells of a column, numbers in one spelling: 1 and 1.0 are the same."""
    field = sheet.schema.field(name)
    column = sheet.column(name)
    return column if field.type == "string" else list(map(cells.speller(field), column))
