"""Text from outside, made fit for a cell of the register."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from stdnum.fr import siren

MEMORY = 2_048
"""Texts that are not worked out again: a catalogue has few publishers, licences and formats."""

LONGEST = 500
"""Characters; a longer name is no name."""

QUOTED = re.compile(r'"\s*([^"]*?)\s*"')
LIKE = {ord('"'): "”", ord("<"): "‹", ord(">"): "›"}
FORMULA = "=+-@ "
"""A spreadsheet runs a cell that starts so."""

SIREN_DIGITS = 9

DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=\Z|[T ])", re.ASCII)


def tidy(text: str) -> str:
    """The text as the register writes it: one line, no invisible character, typographic quotes.

    Without the characters that a CSV, HTML or spreadsheet reader could take for its own.
    """
    return _tidied(text[: 4 * LONGEST])


@lru_cache(MEMORY)
def _tidied(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    text = "".join(c if c.isprintable() or c.isspace() else "" for c in text)
    text = QUOTED.sub(r"« \1 »", " ".join(text.split()))
    text = text.translate(LIKE)
    return text.lstrip(FORMULA)[:LONGEST].strip()


def day(text: str | None, today: date) -> str:
    """The ISO day that a date or timestamp starts with; "" when absent, unreadable or to come."""
    found = DAY.match(text or "")
    return _past(found[0], today) if found else ""


@lru_cache(MEMORY)
def _past(iso: str, today: date) -> str:
    try:
        return iso if date.fromisoformat(iso) <= today else ""
    except ValueError:
        return ""


def count(text: object) -> int:
    """A number of things given as a number or as text; 0 when absent, unreadable or negative."""
    if isinstance(text, bool) or not isinstance(text, int | float | str):
        return 0
    try:
        return max(0, int(float(text)))
    except (ValueError, OverflowError):
        return 0


def year_before(today: date) -> date:
    """The same day one year earlier; 28 February for the 29th."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return today.replace(year=today.year - 1, day=28)


def siren_of(siret: str) -> str:
    """The SIREN of a declared SIRET or SIREN, "" when its check digit is wrong."""
    digits = "".join(siret.split())[:SIREN_DIGITS]
    return digits if digits.isascii() and siren.is_valid(digits) else ""
