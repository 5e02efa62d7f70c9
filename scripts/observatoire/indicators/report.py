"""The figures as a person reads them: a few Markdown tables in French."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire import french
from observatoire.indicators import discover
from observatoire.indicators.model import WHOLE, Header
from observatoire.model import Row
from observatoire.table import Table

HEADLINES = ((WHOLE, WHOLE), ("groupe", "collectivites"), ("groupe", "associes"))
"""The places shown in the summary; the other figures are in the CSV."""


def markdown(figures: Table, compared: Table) -> str:
    """The headlines, the published figures beside ours, then the definitions."""
    parts = [
        "# Indicateurs",
        _table(
            ("Indicateur", "Date", "Valeur", "Comptés", "Portée et remarques"),
            _headlines(figures),
        ),
        "## Chiffres publiés, à côté des nôtres",
        _table(
            ("Indicateur", "Millésime", "Publié", "Calculé", "Écart", "Explication"),
            _beside(compared),
        ),
        "## Définitions",
        *(_definition(indicator.HEADER) for indicator in discover()),
    ]
    return "\n\n".join(parts)


def _headlines(figures: Table) -> Iterator[Sequence[str]]:
    for r in figures.records():
        if (r["dimension"], r["modalite"]) in HEADLINES:
            yield (
                f"{r['indicateur']} {r['modalite']}",
                r["date"],
                french.measure(r["valeur"], r["unite"]),
                french.ratio(r["numerateur"], r["denominateur"]),
                r["note"],
            )


def _beside(compared: Table) -> Iterator[Sequence[str]]:
    for r in compared.records():
        yield (
            f"{r['indicateur']} {r['modalite']}",
            r["millesime"],
            _figure(r, "publie"),
            _figure(r, "calcule"),
            french.gap(r["ecart"], r["unite"]) or "–",
            r["explication"],
        )


def _figure(row: Row, whose: str) -> str:
    """A figure with what it counts, where both are known."""
    value = french.measure(row[f"valeur_{whose}e"], row["unite"])
    part, of = row[f"numerateur_{whose}"], row[f"denominateur_{whose}"]
    return f"{value} ({french.ratio(part, of)})" if part and of else value


def _definition(header: Header) -> str:
    return "\n".join(
        (
            f"### {header.id} : {header.titre}\n",
            f"* Définition : {header.definition}",
            f"* Formule : {header.formule}",
            f"* Unité : {header.unite}",
            f"* Portée : {header.portee}",
            f"* Sources : {header.sources}",
            f"* Limites : {header.limites}",
        )
    )


def _table(header: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(_cell(c) for c in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
