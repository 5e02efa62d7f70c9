"""The figures as a person reads them: a few Markdown tables in French."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire import french
from observatoire.indicators import discover, page
from observatoire.indicators.markdown import table, text
from observatoire.indicators.model import CURRENT, PERCENT, Dimension, Header
from observatoire.indicators.vocabulary import Vocabulary
from observatoire.model import Row
from observatoire.table import Table

LATEST = 3
"""The published versions that a summary shows: the last ones."""


def markdown(figures: Table, compared: Table, words: Vocabulary) -> str:
    """Each indicator's headlines, the published figures beside ours, then the definitions."""
    headers = [indicator.HEADER for indicator in discover()]
    vintages = _shown(figures)
    rows = list(figures.records())
    return "\n\n".join(
        [
            "# Indicateurs",
            *(part for h in headers for part in _headlines(h, rows, vintages, words)),
            "## Chiffres publiés, à côté des nôtres",
            _beside(compared),
            "## Définitions",
            *(f"### {h.id} : {h.titre}\n\n{page.definition(h)}" for h in headers),
        ]
    )


def _shown(figures: Table) -> Sequence[str]:
    """The editions, the last versions, the register."""
    every = list(dict.fromkeys(figures.column("millesime")))
    versions = [v for v in every if v != CURRENT and not v.isdigit()]
    return [v for v in every if v not in versions[:-LATEST]]


def _headlines(
    header: Header, rows: Sequence[Row], vintages: Sequence[str], words: Vocabulary
) -> Iterator[str]:
    """A table per indicator: what is counted, then one column per vintage."""
    heads = {d.nom: d for d in header.dimensions if d.tete}
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in rows:
        if row["indicateur"] == header.id and row["dimension"] in heads:
            place = (row["dimension"], row["modalite"])
            found.setdefault(place, {})[row["millesime"]] = row
    if not found:
        return
    yield f"## {header.id} : {header.titre}"
    yield table(
        ("", *vintages),
        (
            (
                text(f"{heads[name].titre} : {words.words(heads[name], value)}"),
                *(_value(heads[name], at.get(v)) for v in vintages),
            )
            for (name, value), at in found.items()
        ),
    )
    yield f"Portée : {text(header.portee)}"


def _value(dimension: Dimension, row: Row | None) -> str:
    if row is None or not row["valeur"]:
        return "–"
    value = french.measure(row["valeur"], row["unite"])
    part, of = int(row["numerateur"]), int(row["denominateur"])
    if dimension.preuve is french.ratio and row["unite"] != PERCENT:
        return french.ratio(part, of)
    return f"{value} ({dimension.preuve(part, of)})"


def _beside(compared: Table) -> str:
    return table(
        ("Indicateur", "Millésime", "Publié", "Calculé", "Écart", "Explication"),
        (
            (
                text(f"{r['indicateur']} {r['dimension']} {r['modalite']}"),
                text(r["millesime"]),
                _figure(r, "publie"),
                _figure(r, "calcule"),
                french.gap(r["ecart"], r["unite"]) or "–",
                text(r["explication"]),
            )
            for r in compared.records()
        ),
    )


def _figure(row: Row, whose: str) -> str:
    """A figure with what it counts, where both are known."""
    value = french.measure(row[f"valeur_{whose}e"], row["unite"])
    part, of = row[f"numerateur_{whose}"], row[f"denominateur_{whose}"]
    return f"{value} ({french.ratio(part, of)})" if part and of else value
