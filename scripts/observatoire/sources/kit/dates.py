"""Dates as portals write them, beyond ISO: milliseconds, and days in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from observatoire.sources.kit.text import day

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

WORDED = re.compile(r"\b([^\W\d]{3})[^\W\d]*\.?,? +(\d{1,2})/(\d{1,2})/(\d{4})\b")
"""``jeu, 19/12/2019 - 03:00``, as DKAN writes it; ``Thu, 12/19/2019`` on an English site."""

WEEKDAYS = {
    name: number
    for names in ("lun mar mer jeu ven sam dim", "mon tue wed thu fri sat sun")
    for number, name in enumerate(names.split())
}


def day_of_epoch(milliseconds: object, today: date) -> str:
    """The ISO day of a number of milliseconds since 1970; "" when absent, absurd or to come."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return ""
    try:
        found = (EPOCH + timedelta(milliseconds=milliseconds)).date()
    except (OverflowError, ValueError):
        return ""
    return found.isoformat() if EPOCH.date() < found <= today else ""


def any_day(text: str, today: date) -> str:
    """The ISO day of an ISO date, or of one in words; "" when unreadable or to come.

    The day of the week tells whether the day or the month comes first.
    """
    iso = day(text, today)
    if iso:
        return iso
    for word, first, second, year in WORDED.findall(text[:200]):
        for found in _days(int(year), int(first), int(second)):
            if WEEKDAYS.get(word.casefold()) == found.weekday() and found <= today:
                return found.isoformat()
    return ""


def _days(year: int, first: int, second: int) -> Iterator[date]:
    for number, month in ((first, second), (second, first)):
        try:
            yield date(year, month, number)
        except ValueError:
            continue
