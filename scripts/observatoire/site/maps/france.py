"""The map of France: the mainland, Paris and its neighbours again larger, overseas at the side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from observatoire.site.maps.outlines import Box, Shape, conic, fitted, flat, slope

WIDTH, HEIGHT = 1000, 880
MAINLAND = Box(180, 6, 814, 848)
NEAR_PARIS = ("75", "92", "93", "94")
ZOOM = Box(14, 10, 176, 150)
SIDE, SQUARE = 120, 46
"""The room of an overseas territory, the side of one that has no outline."""

OVERSEAS = {
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
}
COLUMN = 196
"""Where the overseas départements begin, under Paris."""


@dataclass(frozen=True, slots=True)
class Part:
    """A territory of the map: its code, its path."""

    code: str
    path: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words on the map."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map of ``width`` × ``height``: territories, then words."""

    width: int
    height: int
    parts: tuple[Part, ...]
    labels: tuple[Label, ...] = ()
    frames: tuple[Box, ...] = ()


def whole(shapes: Mapping[str, Shape], others: Sequence[str] = ()) -> Drawing:
    """All of France; ``others`` are territories without an outline, shown as squares."""
    mainland = {code: conic(s) for code, s in shapes.items() if code not in OVERSEAS}
    near = {code: mainland[code] for code in NEAR_PARIS if code in mainland}
    zoom = Box(ZOOM.x + 10, ZOOM.y + 10, ZOOM.width - 20, ZOOM.height - 20)
    parts = [
        *_parts(fitted(mainland, MAINLAND)),
        *_parts(fitted(near, zoom)),
        *_overseas(shapes),
        *(part for part, _ in _squares(others)),
    ]
    labels = [Label(14, 182, "Paris et petite couronne"), *_names(shapes)]
    labels += [label for _, label in _squares(others)]
    return Drawing(WIDTH, HEIGHT, tuple(parts), tuple(labels), (ZOOM,) if near else ())


def _parts(paths: Mapping[str, str]) -> Iterator[Part]:
    for code, path in paths.items():
        yield Part(code, path)


def _overseas(shapes: Mapping[str, Shape]) -> Iterator[Part]:
    for rank, code in enumerate(OVERSEAS):
        if code in shapes:
            box = Box(14, COLUMN + rank * SIDE, 140, SIDE - 34)
            yield from _parts(fitted({code: flat(shapes[code])}, box))


def _names(shapes: Mapping[str, Shape]) -> Iterator[Label]:
    for rank, (code, name) in enumerate(OVERSEAS.items()):
        if code in shapes:
            yield Label(14, COLUMN + (rank + 1) * SIDE - 12, name)


def _squares(codes: Sequence[str]) -> Iterator[tuple[Part, Label]]:
    for rank, code in enumerate(codes):
        x, y = 14 + rank * (SQUARE + 10), HEIGHT - SQUARE - 24
        path = f"M{x} {y}h{SQUARE}v{SQUARE}h-{SQUARE}z"
        yield Part(code, path), Label(x + 8, HEIGHT - 4, code)


def some(shapes: Mapping[str, Shape], codes: Sequence[str], width: int, most: int) -> Drawing:
    """A few territories alone, ``width`` wide and no higher than ``most``."""
    known = {code: shapes[code] for code in codes if code in shapes}
    project = flat if known.keys() & OVERSEAS.keys() else conic
    placed = {code: project(shape) for code, shape in known.items()}
    height = min(most, round(width * slope(placed.values()))) if placed else most
    paths = fitted(placed, Box(4, 4, width - 8, height - 8))
    return Drawing(width, height, tuple(_parts(paths)))
