"""Charts: counts of rows on columns whose values are known (datami.md, section 7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from observatoire.model import Finding
from observatoire.publish.datami.contract.shown import Widget, finding

FILE = "datami/graphiques.json"
COLUMNS = range(1, 13)


def check(widget: Widget) -> Iterator[Finding]:
    """Each chart of the view."""
    for chart in widget.charts:
        yield from _chart(widget, chart)


def _chart(widget: Widget, chart: Mapping[str, Any]) -> Iterator[Finding]:
    title = chart.get("title", {}).get("fr", "")
    named = f"le graphique « {title} »"
    if not title:
        yield finding("graphique", "un graphique n'a pas de titre en français.", FILE)
    if chart.get("cols", 12) not in COLUMNS:
        yield finding("graphique", f"{named} doit prendre de 1 à 12 colonnes.", FILE)
    if chart.get("aggregationtype") != "countitems":
        yield finding("graphique", f"{named} : Datami ne sait que compter (« countitems »).", FILE)
    for key in ("aggregatebyfield", "categoriesbyfield"):
        if key not in chart:
            continue
        gone = list(widget.missing(named, chart[key]))
        yield from gone
        if not gone and not widget.closed(chart[key]):
            yield finding(
                "graphique",
                f"{named} serait vide : « {chart[key]} » n'a ni liste de valeurs, ni étiquettes.",
                FILE,
                field=chart[key],
            )
    height = chart.get("chartOptions", {}).get("chart", {}).get("height")
    if "aggregatebyfield" not in chart or not isinstance(height, int):
        yield finding(
            "graphique", f"{named} n'a pas de colonne à compter, ou pas de hauteur.", FILE
        )
