"""Numbers and dates as French typography wants them, without the machine's locale."""

from __future__ import annotations

from collections.abc import Sequence

THIN = "\u202f"
"""A narrow no-break space: between thousands, before a percent sign."""

PLURAL = 2
"""French is singular below two: "1,5 point"."""

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre"),
    *("octobre", "novembre", "décembre"),
)


def number(value: str | int) -> str:
    """A decimal number: "4605.5" becomes "4 605,5"; an empty cell is a dash."""
    text = str(value)
    if not text:
        return "–"
    sign = "−" if text.startswith("-") else ""
    whole, point, rest = text.removeprefix("-").partition(".")
    groups = f"{int(whole):,}".replace(",", THIN)
    return f"{sign}{groups},{rest}" if point else f"{sign}{groups}"


def measure(value: str, unit: str) -> str:
    """A figure with its unit, "15,8 %"; a count of organisations stands alone."""
    return f"{number(value)}{THIN}%" if unit == "%" and value else number(value)


def ratio(part: str | int, of: str | int) -> str:
    """ "578 sur 4 642"."""
    return f"{number(part)} sur {number(of)}"


def gap(value: str, unit: str) -> str:
    """A difference, signed: "−40", "+0,6 point"; "" when it cannot be worked out."""
    if not value:
        return ""
    text = number(value) if value.startswith("-") or value == "0" else f"+{number(value)}"
    return f"{text} {plural(value, 'point')}" if unit == "%" else text


def plural(value: str | int, word: str) -> str:
    """The word in the plural from two on, as French counts; each of several: "lien vérifié"."""
    return word if abs(float(value)) < PLURAL else f"{word.replace(' ', 's ')}s"


def counted(value: int, word: str, several: str = "") -> str:
    """A number and its words: "1 ligne lue", "12 lignes lues"; ``several`` of a rarer plural."""
    many = several and abs(value) >= PLURAL
    return f"{number(value)} {several if many else plural(value, word)}"


def joined(parts: Sequence[str]) -> str:
    """« a, b et c »."""
    *most, last = parts or ("",)
    return f"{', '.join(most)} et {last}" if most else last


def day(date: str) -> str:
    """An ISO date in words: "1er janvier 2026"; the text itself when it is none."""
    match date.split("-"):
        case year, month, rank if (year + month + rank).isdecimal() and int(month) in range(1, 13):
            return f"{'1er' if int(rank) == 1 else int(rank)} {MONTHS[int(month) - 1]} {year}"
    return date


def size(count: int) -> str:
    """A number of bytes in the unit that people read."""
    for unit, step in (("Mo", 1_000_000), ("ko", 1_000)):
        if count >= step:
            return f"{number(f'{count / step:.1f}'.removesuffix('.0'))} {unit}"
    return f"{number(count)} {plural(count, 'octet')}"
