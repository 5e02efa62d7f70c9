"""The charts that Datami draws: numbers of organisations, the only thing it can count."""

from __future__ import annotations

from typing import Any

UNIT = {"fr": "organisation(s)"}


def settings() -> dict[str, Any]:
    """Organisations by type, by volume, then by technology and type."""
    return {
        "charts": [
            _donut("Organismes par type", "type"),
            _donut("Organismes par volume publié", "tranche_ptf"),
            {
                "title": {"fr": "Organismes par technologie et par type"},
                "cols": 12,
                "unit": UNIT,
                "categoriesbyfield": "type",
                "aggregatebyfield": "platform_clean",
                "aggregationtype": "countitems",
                "chartOptions": {
                    "chart": {"type": "bar", "height": 500, "stacked": True},
                    "plotOptions": {"bar": {"horizontal": True}},
                },
            },
        ]
    }


def _donut(title: str, field: str) -> dict[str, Any]:
    return {
        "title": {"fr": title},
        "cols": 6,
        "unit": UNIT,
        "aggregatebyfield": field,
        "aggregationtype": "countitems",
        "chartOptions": {"chart": {"type": "donut", "height": 300}},
    }
