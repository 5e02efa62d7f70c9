"""The map that Datami draws: one point per organisation, coloured by type."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import Any

from observatoire.schema import Schema

OTHER = "#363636"
FRANCE = [2.2137, 46.6]


def settings(described: Schema) -> dict[str, Any]:
    """Points in the colours of the types; keys are those that the map component reads."""
    raw = next(f for f in described.raw["fields"] if f["name"] == "type")
    return {
        "mapOptions": {
            "center": FRANCE,
            "zoom": 5,
            "minZoom": 2,
            "maxZoom": 18,
            "item_geo_fields": {"latitude": "lat", "longitude": "lon"},
            "map_layers": {"all_points_layer": _points(raw["datami"]["colors"])},
            "layers_visibility": {
                "is_activated": True,
                "is_drawer_open": False,
                "switches_type": "checkbox",
                "layers_switches": [
                    {"label": "organismes", "layers": ["all-points"], "default_visible": True}
                ],
            },
        }
    }


def _points(colours: Mapping[str, str]) -> dict[str, Any]:
    return {
        "is_activated": True,
        "source_id": "allPointsSource",
        "layer_id": "all-points",
        "is_default_visible": True,
        "is_clickable": True,
        "has_popup": True,
        "popup_config": {"action": "mousemove", "fields_settings": _popup()},
        "radius_min": 3,
        "radius_max": 16,
        "min_zoom": 4,
        "max_zoom": 14,
        # A MapLibre expression: https://maplibre.org/maplibre-style-spec/expressions/#match
        "circle_color": ["match", ["get", "type"], *chain.from_iterable(colours.items()), OTHER],
        "circle_stroke_color": "#ffffff",
        "circle_opacity": 0.8,
    }


def _popup() -> dict[str, Any]:
    title = {"position": "main_title", "prefix": None, "suffix": None, "class": "is-size-6"}
    kind = {"position": "info", "prefix": None, "suffix": None, "class": "has-text-centered"}
    return {"nom": title, "type": kind}
