"""The charts that Datami draws: numbers of organisations, the only thing it can count.

Datami names values by their codes there, whatever their labels; colours come in the order of the
list of values.
"""

from __future__ import annotations

from typing import Any

from observatoire.schema import Schema

VOLUMES = (
    *("#86aed6", "#709fcc", "#5b8fc1", "#4880b4", "#3871a6", "#2b6297", "#205387", "#174576"),
    "#85857c",
)
"""Darker as the volume grows, then the unknown; Datami writes in white on them."""


def settings(described: Schema) -> dict[str, Any]:
    """Organisations by type, by volume, by technology."""
    raw = next(f for f in described.raw["fields"] if f["name"] == "type")
    types = [raw["datami"]["colors"][code] for code in described.field("type").enum]
    return {
        "charts": [
            _donut("Organismes par type", "type", types),
            _donut("Organismes par volume publié", "tranche_ptf", VOLUMES),
            {
                "title": {"fr": "Organismes par technologie"},
                "cols": 12,
                "aggregatebyfield": "platform_clean",
                "aggregationtype": "countitems",
                "chartOptions": {
                    "chart": _chart("treemap", 400),
                    "colors": [VOLUMES[5]],
                    "plotOptions": {"treemap": {"enableShades": False}},
                    "legend": {"show": False},
                },
            },
        ]
    }


def _donut(title: str, field: str, colours: Any) -> dict[str, Any]:
    return {
        "title": {"fr": title},
        "cols": 6,
        "aggregatebyfield": field,
        "aggregationtype": "countitems",
        "chartOptions": {"chart": _chart("donut", 300), "colors": list(colours)},
    }


def _chart(kind: str, height: int) -> dict[str, Any]:
    """Still: nothing moves in the page of somebody who did not ask for it."""
    return {"type": kind, "height": height, "animations": {"enabled": False}}
