"""A key that stands twice in its table, or a value that must be unique and is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.validate.context import Context, Sheet
from observatoire.validate.model import Example, Remark
from observatoire.validate.words import quote

CODE = "cle-en-double"
TITLE = "Ligne en double"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "thematiques",
        "la clé « Culture » est déjà à la ligne 2 : gardez une seule des deux lignes.",
        content="nom,etiquettes,statut\nCulture,musée,actif\nCulture,théâtre,actif\n",
    ),
)


def check(context: Context) -> Iterator[Finding]:
    """Rows whose primary key, or a cell of a unique column, stands higher in the table."""
    for sheet in context.sheets():
        yield from _repeated(sheet, sheet.schema.primary_key, "la clé")
        for field in sheet.schema.fields:
            if field.unique:
                yield from _repeated(sheet, (field.name,), "la valeur")


def _repeated(sheet: Sheet, names: Sequence[str], what: str) -> Iterator[Finding]:
    if not names:
        return
    columns = [_values(sheet, n) for n in names]
    keys = columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: dict[object, int] = {}
    alone = what == "la valeur"
    for row, key in enumerate(keys):
        if alone and key in {"", None}:
            continue
        if key in seen:
            cells = " / ".join(sheet.column(n)[row] for n in names)
            remedy = "écrivez-en une autre" if alone else "gardez une seule des deux lignes"
            said = Remark(f"{what} {quote(cells)} est déjà à la ligne {seen[key] + 2} : {remedy}.")
            yield sheet.finding(CODE, row, names[0] if alone else "", said)
        else:
            seen[key] = row


def _values(sheet: Sheet, name: str) -> Sequence[object]:
    """The cells of a column as their schema reads them: 1 and 1.0 are one number."""
    kind = sheet.schema.field(name).type
    column = sheet.column(name)
    return column if kind == "string" else list(map(cells.reader(kind), column))
