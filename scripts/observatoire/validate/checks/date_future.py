"""A date that has not come yet, where only the past makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.words import quote

CODE = "date-future"
TITLE = "Date dans l'avenir"
TITLE_EN = "Date in the future"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "publications",
        "le « 2062-11-23 » est dans l'avenir : vérifiez l'année.",
        key=("243500139", "rennes-metropole", "Rennes Métropole"),
        bad={"derniere_mise_a_jour": "2062-11-23"},
        good={"derniere_mise_a_jour": "2022-11-23"},
    ),
)
TERMS = frozenset(("echeance",))
"""Columns whose dates are made to come."""


def check(context: Context) -> Iterator[Finding]:
    """Dates after tomorrow: it is already tomorrow in New Caledonia."""
    limit = context.today + timedelta(days=1)
    for sheet in context.sheets():
        for field in sheet.schema.fields:
            if field.type == "date" and field.name not in TERMS:
                yield from sheet.judge(CODE, field.name, _verdict(limit))


def _verdict(limit: date) -> Callable[[str], Remark | None]:
    read = cells.reader("date")

    def verdict(cell: str) -> Remark | None:
        value = read(cell)
        if not isinstance(value, date) or value <= limit:
            return None
        return Remark(
            f"le {quote(cell)} est dans l'avenir : vérifiez l'année.",
            f"{quote(cell)} is in the future: check the year.",
        )

    return verdict
