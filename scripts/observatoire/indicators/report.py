"""The figures as a person reads them: a few Markdown tables in French."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.indicators import discover
from observatoire.indicators.model import WHOLE, Header
from observatoire.table import Table

HEADLINES = ((WHOLE, WHOLE), ("groupe", "collectivites"), ("groupe", "associes"))
"""The places shown in the summary; the other figures are in the CSV."""


def markdown(figures: Table, compared: Table) -> str:
    """The headlines, the published figures beside ours, then the definitions."""
    parts = [
        "# Indicateurs",
        _table(
            ("Indicateur", "Date", "Champ", "Numérateur", "Dénominateur", "Valeur", "Unité"),
            _headlines(figures),
        ),
        "## Chiffres publiés, à côté des nôtres",
        _table(
            ("Indicateur", "Millésime", "Champ", "Publié", "Calculé", "Écart", "Explication"),
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
                r["indicateur"],
                r["date"],
                r["modalite"],
                r["numerateur"],
                r["denominateur"],
                r["valeur"],
                r["unite"],
            )


def _beside(compared: Table) -> Iterator[Sequence[str]]:
    for r in compared.records():
        yield (
            r["indicateur"],
            r["millesime"],
            r["modalite"],
            f"{r['valeur_publiee']} {r['unite']}",
            f"{r['valeur_calculee']} {r['unite']}" if r["valeur_calculee"] else "–",
            r["ecart"] or "–",
            r["explication"],
        )


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
