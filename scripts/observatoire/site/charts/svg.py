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
    for look, marks in groupby(drawing.marks, _look):
        inside = "".join(_mark(m, name, across) for m in marks)
        yield inside if look is None else f"<g{look}>{inside}</g>"


def _hatch(name: str, fill: str) -> str:
    size, inside = HATCHES[fill]
    return (
        f'<pattern id="{escape(name)}-{fill}" width="{size}" height="{size}"'
        f' patternUnits="userSpaceOnUse"><g fill="none" stroke="currentColor">{inside}</g>'
        "</pattern>"
    )


def _mark(mark: Mark, name: str, across: Across) -> str:
    if isinstance(mark, Box):
        return _box(mark, name, across)
    if isinstance(mark, Line):
        return (
            f'<line class="{mark.look}" x1="{across(mark.x1)}" y1="{shown(mark.y1)}"'
            f' x2="{across(mark.x2)}" y2="{shown(mark.y2)}"{LINES[mark.look]}/>'
        )
    return _point(mark, across) if isinstance(mark, Point) else _words(mark, across)


def _box(box: Box, name: str, across: Across) -> str:
    fills = {
        "plein": ' stroke="currentColor"',
        "clair": ' fill-opacity=".25" stroke="currentColor"',
        "fond": ' fill-opacity=".1"',
    }
    fill = fills.get(box.fill, f' fill="url(#{escape(name)}-{box.fill})" stroke="currentColor"')
    place = (
        f'<rect class="{box.fill}" x="{across(box.x)}" y="{shown(box.y)}"'
        f' width="{across(box.width)}" height="{shown(box.height)}"{fill}'
    )
    return _closed(place, "rect", box.title)


def _point(point: Point, across: Across) -> str:
    if point.shape == ROUND:
        place = f'<circle class="rond" cx="{across(point.x)}" cy="{shown(point.y)}" r="4.5"'
        return _closed(place, "circle", point.title)
    place = (
        f'<rect class="carre" x="{across(point.x)}" y="{shown(point.y - 4)}" width="8" height="8"'
        ' transform="translate(-4)" fill="#fff" stroke="currentColor" stroke-width="2"'
    )
    return _closed(place, "rect", point.title)


def _look(mark: Mark) -> str | None:
    """What words share with their neighbours: written once for all; None for another mark."""
    if not isinstance(mark, Words):
        return None
    anchor = f' text-anchor="{mark.anchor}"' if mark.anchor != "start" else ""
    look = f' class="{mark.look}"' if mark.look else ""
    return f"{look}{anchor}{WORDS[mark.look]}"


def _words(words: Words, across: Across) -> str:
    shift = f' dx="{shown(words.shift)}"' if words.shift else ""
    title = f"<title>{escape(words.title)}</title>" if words.title else ""
    place = f'x="{across(words.x)}" y="{shown(words.y)}"{shift}'
    return f"<text {place}>{escape(words.text)}{title}</text>"


def _closed(start: str, tag: str, title: str) -> str:
    return f"{start}><title>{escape(title)}</title></{tag}>" if title else f"{start}/>"
