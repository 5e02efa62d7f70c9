"""The grammar of a sound line: one pattern by table, that the whole file is set against at once.

A line that fits it has nothing that a check of a single cell could find: its cells are of the type,
shape and list that the schema says, canonical, without a character, word or start that a check
looks for. Every other line is only *suspect*, and looked at cell by cell: the grammar may be too
narrow, never too wide (the tests prove it on mutated tables). It reads 300 MB a second.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from observatoire.schema import Field, Schema

GHOSTS = ("undefined", "null", "nan", "none", "[object object]")
"""Words that tools write in an empty cell (check ``valeur-fantome``)."""
WINDOW = 1_000
"""Bytes; half of what a cell may hold (check ``bornes``)."""
_ENTITY = re.compile(rb"&(?:[A-Za-z]+|#[0-9A-Za-z]+);")
"""A code of a web page (check ``texte-abime``)."""
_LOST = rb"[?](?![A-Za-z0-9_.%-]*[=&])(?:(?<=[A-Za-z\x80-\xff][?])|(?=[A-Za-z\x80-\xff]))"
"""In place of a letter (check ``texte-abime``); the parameters of an address begin otherwise."""

# Letters without those that damaged text shows (Ã, Â), digits, and harmless punctuation: no
# < > & @, nothing invisible, nothing that another Unicode form would respell.
_ASCII = (set(range(0x20, 0x7F)) | {0x0A}) - set(b"<>@\\^`{}")
_USUAL = bytes(sorted(_ASCII))
_LETTERS = frozenset(map(chr, range(0xC0, 0x17F))) - frozenset("ÂÃ×÷") | frozenset("«»°·–—‘’…")

# The characters are checked apart, and so is the number of cells: the patterns only tell where a
# cell begins and ends. A class of one character is skipped over three times as fast as another.
_FIRST = r"[^\x00-')-/:-@\\-`{-\x7f]"
"""A letter, a digit, ( or [, or what is not ASCII."""
# Begins as one of the ghosts does, or as what people write for nothing (NC, idem, inconnu, xxx);
# the few words that begin so too get a closer look. The first letter alone spares most cells, and
# what may come next is said of all these letters at once: it is compiled again for each column.
_GHOST = (
    r"(?![nNuUiIxX\[](?:(?<![uU])[./aAxX]?[cCrRaAdDxXnN]\.?[,\n]|[oOuU][nNlL][lLeE][,\n]"
    r"|[nN][dDcC][eEoO][fFnN]|[dD][eE][mM][,\n]|[éeÉE][aA][nN][tT][,\n]|[oO][bB]))"
)
_PLAIN = rf"{_GHOST}{_FIRST}[^,]*+(?<! )"
_QUOTED = rf'"(?=[^"\n,]*+,){_FIRST}[^\n"]*+(?<![ ,])"'
_SITE = r"https://(?:[a-z0-9]++[.-])++(?<=\.)(?:fr|com|org|net|eu|bzh|corsica|re|nc|io)(?=[/?#,\n])"
# Nor begins as the parameters of sessions and trackers do (check ``adresse-web``).
_PARAMETER = r"[?&;](?![jJsSpPuUfFgG][sSeEhHtTbBcC][eEsSpPmMcClL])"
_MORE = r"[A-Za-z0-9!#$%'()*+./:=_|~\[\]-]*+"
_URL = rf"{_SITE}{_MORE}(?:{_PARAMETER}{_MORE})*+"
_MORE_URI = r"[A-Za-z0-9!$()*+./:=_~-]*+"
_URI = rf"{_SITE}{_MORE_URI}(?:(?:{_PARAMETER}|%[0-9A-Fa-f][0-9A-Fa-f]){_MORE_URI})*+"
"""What frictionless takes as a URI (RFC 3986), less the rarer characters."""
_URL_PATTERN = r"https?://[^\s<>\"]+"
_SLUG_PATTERN = "[a-z0-9]+(-[a-z0-9]+)*"
_SLUG = "(?:[a-z0-9]++-)*+[a-z0-9]++"
_SAFE_PATTERN = r"(?:[A-Za-z0-9()|*+?-]|\[[A-Za-z0-9-]+\]|\{[0-9,]+\})+"
"""A pattern made of plain classes cannot reach over the comma into the next cell."""
_DECIMALS = r"(?:\.[0-9]{1,15}+(?<!0)|)"
_BOUNDED: dict[tuple[float | None, float | None], str] = {
    (None, None): rf"-?(?:[1-9][0-9]{{0,9}}+|0(?=\.)){_DECIMALS}|0",
    (0, None): rf"(?:[1-9][0-9]{{0,9}}+|0(?=\.)){_DECIMALS}|0",
    (-90, 90): rf"-?(?:[1-8][0-9]?+|9|0(?=\.)){_DECIMALS}|0",
    (-180, 180): rf"-?(?:1[0-7][0-9]|[1-9][0-9]?+|0(?=\.)){_DECIMALS}|0",
    (0, 1): rf"0(?=\.){_DECIMALS}|[01]",
}
_COUNTS: dict[tuple[float | None, float | None], str] = {
    (None, None): r"-?[1-9][0-9]{0,14}+|0",
    (0, None): r"[1-9][0-9]{0,14}+|0",
}
_DAYS = (
    r"(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
)


@lru_cache(maxsize=64)
def sound_lines(schema: Schema, today: date) -> re.Pattern[str]:
    """As many whole sound lines as there are from the place where it is matched."""
    cells = [_cell(f, today) for f in schema.fields]
    cells[-1] = cells[-1].replace("[^,]", r"[^,\n]")
    return re.compile(rf"(?:{','.join(cells)}\n)*+")


def unusual(data: bytes) -> Iterator[int]:
    """Where characters stand that call for a closer look at their lines, once a line at least."""
    rest = data.translate(None, _USUAL)
    for char in set(rest.decode()) - _LETTERS if rest else ():
        at = data.find(char.encode())
        while at >= 0:
            yield at
            at = data.find(char.encode(), data.index(b"\n", at))
    at = data.find(b"  ")
    while at >= 0:
        yield at
        at = data.find(b"  ", data.index(b"\n", at))
    if b"&" in data:
        yield from (found.start() for found in _ENTITY.finditer(data))
    if b"?" in data:
        yield from (found.start() for found in re.finditer(_LOST, data))


def endless(data: bytes) -> Iterator[int]:
    """Where a line goes on for more than ``WINDOW`` bytes: any cell of twice that is in one."""
    for at in range(0, len(data) - WINDOW, WINDOW):
        if data.find(b"\n", at, at + WINDOW) < 0:
            yield at


def usual_uri(cell: str) -> bool:
    """Whether a cell is surely a URI: frictionless need not be asked."""
    return re.fullmatch(rf"{_URI}\n", f"{cell}\n") is not None


def _cell(field: Field, today: date) -> str:
    sound = _sound(field, today)
    if not sound:
        return "" if not field.required else r"(?!)"
    return f"(?:{sound})" if field.required else f"(?:{sound}|)"


def _sound(field: Field, today: date) -> str:
    """What a filled cell looks like when it is surely sound; "" when no pattern can tell."""
    if field.enum:
        return "|".join(map(re.escape, sorted(field.enum, reverse=True)))
    return _BY_TYPE.get(field.type, _string)(field, today)


def _string(field: Field, _: date) -> str:
    if field.format == "uri":
        return "" if field.pattern else _URI
    if field.name.startswith("url"):
        return _URL if field.pattern in ("", _URL_PATTERN) else ""
    if not field.pattern:
        return f"{_PLAIN}|{_QUOTED}"
    if field.pattern == _SLUG_PATTERN:
        return _GHOST + _SLUG
    if re.fullmatch(_SAFE_PATTERN, field.pattern):
        # Groups that capture, under a possessive quantifier, lead Python 3.11 astray.
        return rf"{_GHOST}(?:{re.sub(r'[(](?![?])', '(?:', field.pattern)})"
    return ""


def _integer(field: Field, _: date) -> str:
    return _COUNTS.get((field.minimum, field.maximum), "")


def _number(field: Field, _: date) -> str:
    return _BOUNDED.get((field.minimum, field.maximum), "")


def _date(_: Field, today: date) -> str:
    """A day that exists, from 1900 to today (29 February is left to a closer look)."""
    decade, year = divmod(today.year - 2000, 10)
    if not (0 <= decade <= 9):  # noqa: PLR2004 - a century has ten decades
        return ""
    years = f"19[0-9]{{2}}|20[{_below(decade)}][0-9]|20{decade}[{_below(year)}]"
    months = "|".join(f"{m:02}" for m in range(1, today.month))
    days = "|".join(f"{d:02}" for d in range(1, today.day + 1))
    return (
        f"(?:{years})-(?:{_DAYS})|{today.year}-(?=(?:{months or '(?!)'}))(?:{_DAYS})"
        f"|{today:%Y-%m}-(?:{days})"
    )


def _below(digit: int) -> str:
    """The digits below one, as the inside of a character class."""
    return f"0-{digit - 1}" if digit else "^\\x00-\U0010ffff"


_BY_TYPE: dict[str, Callable[[Field, date], str]] = {
    "integer": _integer,
    "number": _number,
    "date": _date,
}
