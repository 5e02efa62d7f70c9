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
from observatoire.words import quote

CODE = "cle-en-double"
TITLE = "Ligne en double"
TITLE_EN = "Line that stands twice"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "thematiques",
        "la clé « Culture » est aussi à la ligne 2 : gardez une seule des deux lignes.",
        content="nom,etiquettes,statut\nCulture,musée,actif\nCulture,théâtre,actif\n",
    ),
)


KEY = (
    "la clé {} est aussi à la ligne {} : gardez une seule des deux lignes.",
    "the key {} also stands on line {}: keep only one of the two lines.",
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
            past = context.past.sheet(sheet.name) if context.past else None
            yield from _repeated(sheet, sheet.schema.primary_key, "", KEY, past)
        for field in sheet.schema.fields:
            if field.unique:
                yield from _repeated(sheet, (field.name,), field.name, VALUE)


def _repeated(
    sheet: Sheet,
    names: Sequence[str],
    field: str,
    words: tuple[str, str],
    past: Sheet | None = None,
) -> Iterator[Finding]:
    """``past`` is the version before: of two lines, the one that it has not is reproached."""
    keys = list(zip(*(_spelt(sheet, n) for n in names), strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[str, ...], int] = {}
    for row, key in enumerate(keys):
        first = seen.setdefault(key, row)
        if first != row and any(key):
            told = _known(sheet, row, past) and not _known(sheet, first, past)
            new, old = (first, row) if told else (row, first)
            shown = quote(" / ".join(key))
            french, english = (w.format(shown, old + 2) for w in words)
            yield sheet.finding(CODE, new, field, Remark(french, english))


def _known(sheet: Sheet, row: int, past: Sheet | None) -> bool:
    """Whether a line was there, just so, before the change."""
    at = past.by_key.get(sheet.key(row)) if past else None
    return at is not None and past is not None and past.row(at) == sheet.row(row)


def _spelt(sheet: Sheet, name: str) -> Sequence[str]:
    """The cells of a column, numbers in one spelling: 1 and 1.0 are the same."""
    field = sheet.schema.field(name)
    column = sheet.column(name)
    return column if field.type == "string" else list(map(cells.speller(field), column))
