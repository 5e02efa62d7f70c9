"""Organisations counted by région, then by département as one comes nearer.

Datami counts the rows that its filters leave, and shows the legend of the first source whose range
of zoom holds the current one: the two ranges do not overlap, so that it is always the right one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any

FOLDER = "data/reference/contours"
NEAR, NEAREST = 5.5, 19
"""Where départements take over from régions, and beyond the greatest zoom."""
EDGE = "#1b3a6b"
COLOURS = ("#f4f4f0", "#d3e4f3", "#a3c4e3", "#6b9fd0", "#3a75b0", "#1b4a82")
"""Pale to dark, one hue: the order is seen without colours too."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A kind of territory: its outlines, the column that names it, its range of zoom.

    ``steps`` are the least numbers of organisations of each colour but the first.
    """

    name: str
    column: str
    zoom: tuple[float, float]
    steps: tuple[int, ...]

    @property
    def outlines(self) -> str:
        """The file of the outlines, from the root of the register."""
        return f"{FOLDER}/{self.name}.geojson"

    @property
    def layer(self) -> str:
        """What the map calls it."""
        return f"territoires-{self.name}"


TERRITORIES = (
    Territory("regions", "reg_code_geo", (0, NEAR), (1, 25, 50, 100, 150)),
    Territory("departements", "depcode", (NEAR, NEAREST), (1, 5, 10, 20, 40)),
)
SWITCH: dict[str, Any] = {
    "label": "nombre d'organismes par région, puis par département",
    "layers": [t.layer for t in TERRITORIES],
    "default_visible": False,
}


def layer(address: Callable[[str], str]) -> dict[str, Any]:
    """The setting of both; ``address`` says where a file of the version is served."""
    return {
        "is_activated": True,
        # Closed: Datami shows it with the points too, and it would hide half of the map.
        "is_drawer_open": False,
        "sources": [_source(t, address(t.outlines)) for t in TERRITORIES],
    }


def _source(territory: Territory, url: str) -> dict[str, Any]:
    count = f"organismes_{territory.name}"
    steps = chain.from_iterable(zip(territory.steps, COLOURS[1:], strict=True))
    return {
        "is_activated": True,
        "source_id": f"source-{territory.name}",
        "layer_id": territory.layer,
        "source_url": url,
        "min_zoom": territory.zoom[0],
        "max_zoom": territory.zoom[1],
        "is_default_visible": False,
        "need_aggregation": True,
        "polygon_prop_id": "code",
        "join_polygon_id_to_field": territory.column,
        "agregated_data_field": count,
        # https://maplibre.org/maplibre-style-spec/expressions/#step
        "fill_color": ["step", ["get", count], COLOURS[0], *steps],
        "fill_opacity": 0.7,
        "fill_outline_color": EDGE,
        "has_popup": True,
        "popup_config": {"action": "mousemove", "fields_settings": _popup(count)},
        "legend": {"title": "Nombre d'organismes", "scales": _scales(territory.steps)},
    }


def _popup(count: str) -> dict[str, Any]:
    return {
        "nom": {"position": "title", "prefix": None, "suffix": None, "class": "is-size-6"},
        count: {"position": "value", "prefix": "Organismes : ", "suffix": None, "class": ""},
    }


def _scales(steps: tuple[int, ...]) -> list[dict[str, str]]:
    """Most first, in words; a colour goes up to the next step."""
    ends = [*(f" à {end - 1}" for end in steps[1:]), " et plus"]
    named = ["0", *(f"{start}{end}" for start, end in zip(steps, ends, strict=True))]
    pairs = zip(named, COLOURS, strict=True)
    return [{"value": words, "color": colour} for words, colour in reversed(list(pairs))]
