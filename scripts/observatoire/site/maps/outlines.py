"""The outlines of territories (GeoJSON, RFC 7946), and their projection on a plane."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from observatoire.files import Memory

FOLDER = "data/reference/contours"

Point = tuple[float, float]
Ring = Sequence[Point]
Shape = Sequence[Ring]
"""The rings of a territory: longitudes and latitudes, or places on the plane (y downwards)."""

PARALLELS = (44.0, 49.0)
CORNERS = 3
"""Of the least that can be seen."""

MIDDLE = 3.0
"""Lambert-93: the two parallels and the meridian of the official maps of mainland France."""


def read(files: Memory, name: str) -> Mapping[str, Shape]:
    """The outlines of a kind of territory ("departements") by code; none without the file."""
    content = files.read(f"{FOLDER}/{name}.geojson")
    features = json.loads(content)["features"] if content else []
    return {f["properties"]["code"]: tuple(_rings(f["geometry"])) for f in features}


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    whole = geometry["coordinates"]
    for part in whole if geometry["type"] == "MultiPolygon" else [whole]:
        for ring in part:
            yield [(float(lon), float(lat)) for lon, lat in ring]


def conic(shape: Shape) -> Shape:
    """A shape of mainland France on the plane (Lambert conformal conic, Snyder 1987, p. 107)."""
    south, north = (math.radians(p) for p in PARALLELS)
    cone = math.log(math.cos(south) / math.cos(north)) / math.log(_tan(north) / _tan(south))
    scale = math.cos(south) * _tan(south) ** cone / cone

    def place(point: Point) -> Point:
        away = scale / _tan(math.radians(point[1])) ** cone
        turn = cone * math.radians(point[0] - MIDDLE)
        return away * math.sin(turn), away * math.cos(turn)

    return [[place(p) for p in ring] for ring in shape]


def _tan(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def flat(shape: Shape) -> Shape:
    """A small territory anywhere on the plane: degrees, longitudes shrunk as at its middle."""
    latitudes = [lat for ring in shape for _, lat in ring]
    shrink = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
    return [[(math.radians(x) * shrink, -math.radians(y)) for x, y in ring] for ring in shape]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float


def extent(shapes: Iterable[Shape]) -> Box:
    """The rectangle that holds some shapes."""
    points = [p for shape in shapes for ring in shape for p in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    return Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)


def slope(shapes: Iterable[Shape]) -> float:
    """The height of some shapes over their width."""
    found = extent(shapes)
    return found.height / found.width


def fitted(shapes: Mapping[str, Shape], box: Box) -> Mapping[str, str]:
    """Shapes of the plane as SVG paths, together as large as the box allows, in its middle."""
    if not shapes:
        return {}
    found = extent(shapes.values())
    scale = min(box.width / found.width, box.height / found.height)
    dx = box.x + (box.width - found.width * scale) / 2 - found.x * scale
    dy = box.y + (box.height - found.height * scale) / 2 - found.y * scale

    def place(point: Point) -> tuple[int, int]:
        return round(point[0] * scale + dx), round(point[1] * scale + dy)

    return {
        code: "".join(_path([place(p) for p in ring]) for ring in shape)
        for code, shape in shapes.items()
    }


def _path(ring: Sequence[tuple[int, int]]) -> str:
    """A ring in whole units, each step from the one before; "" for one too small to be seen.

    Two territories that share a border share its points, so that they still touch.
    """
    kept = [p for at, p in enumerate(ring) if not at or p != ring[at - 1]]
    if kept and kept[0] == kept[-1]:
        kept = kept[:-1]
    if len(kept) < CORNERS:
        return ""
    steps = (f"{x - a} {y - b}" for (a, b), (x, y) in pairwise(kept))
    return f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-")
