"""What a chart is made of: boxes, lines, points and words on a strip one unit wide.

Across, places go from 0 to 1, so that a drawing fits any screen without its words shrinking; down,
they are pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

FULL = "plein"
BACK = "fond"
PATTERNS = ("plein", "clair", "raies", "points", "croix", "lignes")
"""Fills that differ without colour, in the order in which the parts of a whole take them."""

ROUND, SQUARE = "rond", "carre"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; ``fill`` is one of the fills."""

    x: float
    y: float
    width: float
    height: float
    fill: str = FULL


@dataclass(frozen=True, slots=True)
class Line:
    """A segment; ``look``: "grille", "trait", "tirets", "seuil"."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str = "grille"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a curve: round and full, or square and hollow."""

    x: float
    y: float
    shape: str = ROUND
    title: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Words at a place, moved by ``shift`` pixels; ``look``: "", "fort", "axe"."""

    x: float
    y: float
    text: str
    anchor: str = "start"
    look: str = ""
    shift: float = 0
    title: str = ""


Mark = Box | Line | Point | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: its height in pixels, its marks from back to front."""

    height: float
    marks: tuple[Mark, ...]


def shown(value: float) -> str:
    """A coordinate as the shortest decimal, to a hundredth: the same on every machine."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
