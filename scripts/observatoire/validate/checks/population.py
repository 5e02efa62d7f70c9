"""A population typed for a body whose population comes from the reference, or that is no count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.schema import Schema
from observatoire.validate.context import Context
from observatoire.validate.kinds import KINDS, KINDS_EN
from observatoire.validate.model import Example, Remark
from observatoire.validate.watch import Picked, Watch
from observatoire.words import quote

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


def _filled(cells: list[str]) -> list[int]:
    return [at for at, cell in enumerate(cells) if cell] if any(cells) else []


TYPED = Picked(("population_desservie",), _filled)


def watches(name: str, _: Schema) -> Iterator[Watch[Any]]:
    """The populations that people typed."""
    if name == "organisations":
        yield TYPED


def check(context: Context) -> Iterator[Finding]:
    """Populations that nobody should type, or that cannot be."""
    sheet = context.wanted("organisations")
    if sheet is None:
        return
    rows = sheet.watched(TYPED)
    read = cells.reader("integer")
    for row, (kind, cell) in zip(
        rows, sheet.cells(rows, "type", "population_desservie"), strict=True
    ):
        value = read(cell)
        said = None
        if kind in KINDS:
            said = Remark(
                f"la population d'{KINDS[kind]} vient de la référence : laissez la cellule vide.",
                f"the population of {KINDS_EN[kind]} comes from the reference: leave the cell"
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
