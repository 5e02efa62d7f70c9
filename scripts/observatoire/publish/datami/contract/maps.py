"""The map: points, territories, switches (datami.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from observatoire.model import Finding
from observatoire.publish.datami.contract.shown import Widget, finding

FILE = "datami/carte.json"
STYLES = frozenset(
    {
        *("testRasterVoyager", "testRasterPositron", "testRasterOSM_bis", "testRasterOSM_topo"),
        *("arcGis", "testVectorStyle", "FjordColors"),
    }
)
SOURCES = {
    "all_points_layer": "allPointsSource",
    "cluster_circles_layer": "clusterSource",
    "cluster_count_layer": "clusterSource",
    "cluster_unclustered_layer": "clusterSource",
}
NUMBERS = frozenset(("number", "integer"))


def check(widget: Widget) -> Iterator[Finding]:
    """The map of the view."""
    if widget.map is None:
        return
    yield from _frame(widget, widget.map)
    layers = widget.map.get("map_layers", {})
    known = dict(_layers(layers))
    for name, source in SOURCES.items():
        if name in layers and layers[name].get("source_id") != source:
            yield _wrong(f"la couche « {name} » doit lire la source « {source} ».")
    for source in layers.get("choropleth_layer", {}).get("sources", ()):
        yield from _territory(widget, source)
    yield from _popups(widget, layers.get("all_points_layer", {}))
    yield from _switches(widget.map.get("layers_visibility", {}), known)


def _frame(widget: Widget, options: Mapping[str, Any]) -> Iterator[Finding]:
    for axis, name in options.get("item_geo_fields", {}).items():
        gone = list(widget.missing("la carte", str(name)))
        yield from gone
        if not gone and widget.types.get(name) not in NUMBERS:
            yield _wrong(f"la colonne « {name} » ({axis}) doit être un nombre : aucun point sinon.")
    if set(options.get("item_geo_fields", {})) != {"latitude", "longitude"}:
        yield _wrong("la carte doit nommer une colonne de latitude et une de longitude.")
    lon, lat = (*options.get("center", ()), 0, 0)[:2]
    if abs(lon) > 180 or abs(lat) > 90 or not -90 < lat - lon < 90:  # noqa: PLR2004 (degrees)
        yield _wrong("« center » s'écrit [longitude, latitude], en degrés.")
    if options.get("mapStyle", "testRasterVoyager") not in STYLES:
        yield _wrong(f"Datami ne connaît pas le fond de carte « {options['mapStyle']} ».")


def _layers(layers: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """The layers that the map draws, and whether they are seen at first."""
    for name, layer in layers.items():
        for one in layer.get("sources", ()) if name == "choropleth_layer" else (layer,):
            if one.get("is_activated"):
                yield str(one.get("layer_id", "")), bool(one.get("is_default_visible"))


def _territory(widget: Widget, source: Mapping[str, Any]) -> Iterator[Finding]:
    column, count = source.get("join_polygon_id_to_field", ""), source.get("agregated_data_field")
    yield from widget.missing("la carte par territoire", str(column))
    if widget.types.get(str(column), "string") != "string":
        yield _wrong(f"« {column} » doit être un texte : Datami compare « 01 » à « 1 » sinon.")
    if ["get", count] not in (source.get("fill_color") or ()):
        yield _wrong(f"les couleurs du territoire ne suivent pas le nombre compté (« {count} »).")
    if "legend" not in source:
        yield _wrong(f"le territoire « {source.get('source_id')} » n'a pas de légende.")


def _popups(widget: Widget, points: Mapping[str, Any]) -> Iterator[Finding]:
    for name in points.get("popup_config", {}).get("fields_settings", {}):
        yield from widget.missing("la bulle de la carte", str(name))
    color = points.get("circle_color")
    if isinstance(color, list):
        yield from widget.missing("la couleur des points", str(color[1][1]))


def _switches(visibility: Mapping[str, Any], known: Mapping[str, bool]) -> Iterator[Finding]:
    switches = visibility.get("layers_switches", ())
    for switch in switches:
        for layer in switch["layers"]:
            if layer not in known:
                yield _wrong(
                    f"le bouton « {switch['label']} » montre une couche inconnue : {layer}."
                )
            elif known[layer] != switch["default_visible"]:
                yield _wrong(
                    f"le bouton « {switch['label']} » et sa couche ne sont pas d'accord sur ce qui"
                    " se voit d'abord."
                )
    shown = [s for s in switches if s["default_visible"]]
    if visibility.get("switches_type") == "radio" and len(shown) != 1:
        yield _wrong("un seul bouton doit être choisi d'abord : Datami s'arrête sinon.")


def _wrong(message: str) -> Finding:
    return finding("carte", message, FILE)
