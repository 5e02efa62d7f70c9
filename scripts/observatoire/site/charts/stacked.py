"""Parts of a whole as one bar of 100 % each, told apart by patterns and named underneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire.site.charts import scale
from observatoire.site.charts.marks import BACK, PATTERNS, Box, Drawing, Mark, Words

TEXT, THICK, GAP = 18, 26, 14
ENTRY = 22
SWATCH = 0.045
ROOM = 0.11
"""The share from which a part has room for its own value."""

MOST = len(PATTERNS)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a row: how many of its total, and how that reads."""

    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A bar: its name, its parts in the order of the names, its total in words."""

    name: str
    parts: tuple[Part, ...]
    text: str = ""


def draw(names: Sequence[str], wholes: Sequence[Whole]) -> Drawing:
    """The bars, then what each pattern means; a single bar gives its figures there."""
    marks: list[Mark] = []
    y = 0.0
    for whole in wholes:
        if whole.name:
            marks.append(Words(0, y + 13, whole.name))
            marks.append(Words(1, y + 13, whole.text, anchor="end", look="axe"))
            y += TEXT
        marks += _bar(whole, y)
        y += THICK + GAP
    told = [p.text for p in wholes[0].parts] if len(wholes) == 1 else [""] * len(names)
    for rank, (name, text) in enumerate(zip(names, told, strict=True)):
        marks += _entry(name, text, PATTERNS[rank], y)
        y += ENTRY * _height(name, text)
    return Drawing(y, tuple(marks))


def _bar(whole: Whole, y: float) -> Iterator[Mark]:
    total = sum(p.count for p in whole.parts)
    yield Box(0, y, 1, THICK, BACK)
    at = 0.0
    for rank, part in enumerate(whole.parts):
        width = part.count / total if total else 0
        if width:
            yield Box(at, y, width, THICK, PATTERNS[rank])
        at += width
    yield from _values(whole, y, total)


def _values(whole: Whole, y: float, total: int) -> Iterator[Mark]:
    """The values come after every box: a halo then sets them apart from any pattern."""
    at = 0.0
    for part in whole.parts:
        width = part.count / total if total else 0
        if width >= ROOM:
            share = part.text.partition(" (")[0]
            yield Words(at + width / 2, y + 18, share, anchor="middle", look="halo")
        at += width


def _entry(name: str, text: str, fill: str, y: float) -> Iterator[Mark]:
    yield Box(0, y, SWATCH, 14, fill)
    yield Words(SWATCH, y + 12, name, shift=8)
    if text:
        yield Words(1, y + 12 + ENTRY * (_height(name, text) - 1), text, anchor="end", look="fort")


def _height(name: str, text: str) -> int:
    """Two lines when the name leaves no room for its figure."""
    return 2 if text and len(name) + len(text) > scale.WIDTH - 6 else 1
