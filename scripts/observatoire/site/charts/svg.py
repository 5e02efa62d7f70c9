"""A drawing as SVG text: fluid in a page, of fixed width in a file.

In a page its colours come from the style sheet by class; attributes alone give black on white, so
that the same marks are printed, saved and read without colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from observatoire.site.charts.marks import (
    ROUND,
    Box,
    Drawing,
    Line,
    Mark,
    Point,
    Words,
    shown,
)
from observatoire.site.charts.scale import folded

SPACE = "http://www.w3.org/2000/svg"
WIDE, MARGIN = 720, 24
LEGEND, SMALL = 22, 17
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"

LINES: Mapping[str, str] = {
    "grille": ' stroke="currentColor" stroke-opacity=".2"',
    "trait": ' stroke="currentColor" stroke-width="2"',
    "tirets": ' stroke="currentColor" stroke-width="2" stroke-dasharray="2 5"',
    "seuil": ' stroke="currentColor" stroke-dasharray="6 4"',
}
WORDS: Mapping[str, str] = {
    "": "",
    "fort": ' font-weight="600"',
    "axe": ' font-size="12"',
    "code": ' font-size="12"',
    "halo": ' font-weight="600" paint-order="stroke" stroke="#fff" stroke-width="4"'
    ' stroke-linejoin="round"',
}
FILLS: Mapping[str, str] = {
    "plein": ' stroke="currentColor"',
    "clair": ' fill-opacity=".25" stroke="currentColor"',
    "fond": ' fill-opacity=".1"',
}
SIDE = 8
SHAPES: Mapping[str, str] = {
    "rond": "",
    "carre": ' transform="translate(-4)" fill="#fff" stroke="currentColor" stroke-width="2"',
}
HATCHES: Mapping[str, tuple[int, str]] = {
    "raies": (7, '<path d="M-1 8L8-1M-2 2L2-2M5 9L9 5" stroke-width="2"/>'),
    "points": (7, '<circle cx="3.5" cy="3.5" r="1.6" fill="currentColor" stroke="none"/>'),
    "croix": (8, '<path d="M0 0L8 8M8 0L0 8" stroke-width="1.2"/>'),
    "lignes": (5, '<path d="M0 2.5H5" stroke-width="1.4"/>'),
}


@dataclass(frozen=True, slots=True)
class Caption:
    """What a chart says of itself: title, one sentence for those who do not see it, source."""

    title: str
    desc: str
    source: str = ""


def fluid(drawing: Drawing, name: str, caption: Caption) -> str:
    """The chart for a page, as wide as its place; ``name`` makes its ids unique there."""
    return "".join(
        (
            f'<svg class="dessin" width="100%" height="{shown(drawing.height)}" role="img"'
            ' font-size="14" fill="currentColor"'
            f' aria-labelledby="{escape(name)}-t {escape(name)}-d">',
            f'<title id="{escape(name)}-t">{escape(caption.title)}</title>',
            f'<desc id="{escape(name)}-d">{escape(caption.desc)}</desc>',
            *_inside(drawing, name, lambda x: f"{shown(100 * x)}%"),
            "</svg>",
        )
    )


def alone(drawing: Drawing, name: str, caption: Caption) -> bytes:
    """The chart as a file of its own, with its title and its source."""
    titles, sources = folded(caption.title, 64), folded(caption.source, 100)
    top = MARGIN + LEGEND * len(titles) + 12
    height = top + drawing.height + 14 + SMALL * len(sources) + MARGIN
    inner = WIDE - 2 * MARGIN
    lines = (
        f'<svg xmlns="{SPACE}" width="{WIDE}" height="{shown(height)}"'
        f' viewBox="0 0 {WIDE} {shown(height)}" font-family="{FONT}" font-size="14"'
        ' fill="currentColor" color="#111" lang="fr">',
        f"<title>{escape(caption.title)}</title>",
        f"<desc>{escape(caption.desc)}</desc>",
        f'<rect width="{WIDE}" height="{shown(height)}" fill="#fff"/>',
        *_text_lines(titles, MARGIN + 14, LEGEND, ' font-size="17" font-weight="600"'),
        f'<g transform="translate({MARGIN} {shown(top)})">',
        *_inside(drawing, name, lambda x: shown(inner * x)),
        "</g>",
        *_text_lines(sources, top + drawing.height + 26, SMALL, ' font-size="12" fill="#444"'),
        "</svg>\n",
    )
    return "".join(lines).encode()


def _text_lines(lines: list[str], y: float, step: int, look: str) -> Iterator[str]:
    for rank, line in enumerate(lines):
        yield f'<text x="{MARGIN}" y="{shown(y + step * rank)}"{look}>{escape(line)}</text>'


Across = Callable[[float], str]


def _inside(drawing: Drawing, name: str, across: Across) -> Iterator[str]:
    used = {m.fill for m in drawing.marks if isinstance(m, Box)} & HATCHES.keys()
    if used:
        yield "<defs>"
        yield from (_hatch(name, fill) for fill in HATCHES if fill in used)
        yield "</defs>"
    for look, marks in groupby(drawing.marks, lambda mark: _look(mark, name)):
        yield f"<g{look}>{''.join(_mark(m, across) for m in marks)}</g>"


def _hatch(name: str, fill: str) -> str:
    size, inside = HATCHES[fill]
    return (
        f'<pattern id="{escape(name)}-{fill}" width="{size}" height="{size}"'
        f' patternUnits="userSpaceOnUse"><g fill="none" stroke="currentColor">{inside}</g>'
        "</pattern>"
    )


def _look(mark: Mark, name: str) -> str:
    """What a mark shares with its neighbours: written once for all of them."""
    if isinstance(mark, Box):
        hatched = f' fill="url(#{escape(name)}-{mark.fill})" stroke="currentColor"'
        return f' class="{mark.fill}"{FILLS.get(mark.fill, hatched)}'
    if isinstance(mark, Line):
        return f' class="{mark.look}"{LINES[mark.look]}'
    if isinstance(mark, Point):
        return f' class="{mark.shape}"{SHAPES[mark.shape]}'
    anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    return f' class="{f"mots {mark.look}".rstrip()}"{anchor}{WORDS[mark.look]}'


def _mark(mark: Mark, across: Across) -> str:
    if isinstance(mark, Box):
        place = _at("x", across(mark.x)) + _at("y", shown(mark.y))
        size = f' width="{across(mark.width)}" height="{shown(mark.height)}"'
        return f"<rect{place}{size}/>"
    if isinstance(mark, Line):
        start = _at("x1", across(mark.x1)) + _at("y1", shown(mark.y1))
        return f"<line{start}{_at('x2', across(mark.x2))}{_at('y2', shown(mark.y2))}/>"
    title = f"<title>{escape(mark.title)}</title>" if mark.title else ""
    if isinstance(mark, Words):
        place = _at("x", across(mark.x)) + _at("y", shown(mark.y)) + _at("dx", shown(mark.shift))
        return f"<text{place}>{escape(mark.text)}{title}</text>"
    if mark.shape == ROUND:
        return f'<circle cx="{across(mark.x)}" cy="{shown(mark.y)}" r="4.5">{title}</circle>'
    place = f'x="{across(mark.x)}" y="{shown(mark.y - SIDE / 2)}"'
    return f'<rect {place} width="{SIDE}" height="{SIDE}">{title}</rect>'


def _at(name: str, place: str) -> str:
    """A coordinate, left out where it is the one that SVG assumes."""
    return "" if place in {"0", "0%"} else f' {name}="{place}"'
