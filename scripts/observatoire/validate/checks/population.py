"""A population typed for a body whose population comes from the reference, or that is no count."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.identity import KINDS, KINDS_EN
from observatoire.validate.model import Example, Remark
from observatoire.validate.words import quote

CODE = "population"
TITLE = "Population de trop ou impossible"
TITLE_EN = "Needless or impossible population"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "la population d'une métropole vient de la référence : laissez la cellule vide.",
        key=("243500139",),
        bad={"population_desservie": "467859"},
        good={"population_desservie": ""},
        fix="",
    ),
    Example(
        "organisations",
        "« 219300597 » habitants, c'est plus que la France entière : vérifiez le nombre (est-ce un"
        " code ?).",
        key=("219300597",),
        bad={"population_desservie": "219300597"},
        good={"population_desservie": "120000"},
    ),
)
FRANCE = 70_000_000
"""More than the inhabitants of France (68.6 million, INSEE, January 2025)."""


def check(context: Context) -> Iterator[Finding]:
    """Populations that nobody should type, or that cannot be."""
    sheet = context.wanted("organisations")
    if sheet is None or not sheet.distinct("population_desservie"):
        return
    types, people = sheet.column("type"), sheet.column("population_desservie")
    read = cells.reader("integer")
    for row, cell in enumerate(people):
        if not cell:
            continue
        value = read(cell)
        said = None
        if types[row] in KINDS:
            said = Remark(
                f"la population d'{KINDS[types[row]]} vient de la référence : laissez la cellule"
                " vide.",
                f"the population of {KINDS_EN[types[row]]} comes from the reference: leave the cell"
                " empty.",
                "",
            )
        elif isinstance(value, int) and value > FRANCE:
            said = Remark(
                f"{quote(cell)} habitants, c'est plus que la France entière : vérifiez le nombre"
                " (est-ce un code ?).",
                f"{quote(cell)} inhabitants is more than the whole of France: check the number (is"
                " it a code?).",
            )
        if said:
            yield sheet.finding(CODE, row, "population_desservie", said)
