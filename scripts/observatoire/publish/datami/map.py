"""The map that Datami draws: a point per organisation, or numbers of them by territory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from observatoire.publish.datami import choropleth
from observatoire.schema import Schema

OTHER = "#363636"
FRANCE = [2.2137, 46.6]
POINTS = "all-points"


def settings(described: Schema, address: Callable[[str], str] | None) -> dict[str, Any]:
    """Points in the colours of the types; keys are those that the map component reads.

    ``address`` says where the outlines of territories are served; None: the register has none.
    """
    raw = next(f for f in described.raw["fields"] if f["name"] == "type")
    layers: dict[str, Any] = {"all_points_layer": _points(raw["datami"]["colors"])}
    switches = [{"label": "un point par organisme", "layers": [POINTS], "default_visible": True}]
    if address:
        layers["choropleth_layer"] = choropleth.layer(address)
        switches.append(choropleth.SWITCH)
    return {
        "mapOptions": {
            "center": FRANCE,
            "zoom": 5,
            "minZoom": 2,
            "maxZoom": 18,
            "item_geo_fields": {"latitude": "lat", "longitude": "lon"},
            "map_layers": layers,
            "layers_visibility": {
                "is_activated": True,
                "is_drawer_open": True,
                "switches_type": "radio",
                "layers_switches": switches,
            },
        }
    }


def _points(colours: Mapping[str, str]) -> dict[str, Any]:
    return {
        "is_activated": True,
        "source_id": "allPointsSource",
        "layer_id": POINTS,
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
