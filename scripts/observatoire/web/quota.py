"""How many requests a server still accepts, as its headers say, and how long to leave it alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from observatoire.web.patience import retry_after

PREFIXES = ("X-RateLimit-", "RateLimit-", "X-Rate-Limit-")
"""data.gouv.fr and Opendatasoft write the first; the others are found elsewhere."""

EPOCH_FROM = 10**8
"""A larger number of seconds is a moment since 1970, a smaller one a wait."""

NUMBER = re.compile(r"\d{1,15}", re.ASCII)


def rest(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until the server takes requests again; None when it takes them now.

    ``now`` is in seconds since 1970.
    """
    for prefix in PREFIXES:
        remaining = headers.get(prefix + "Remaining")
        if remaining is not None:
            spent = NUMBER.fullmatch(remaining.strip()) and not int(remaining)
            return _until(headers.get(prefix + "Reset", ""), now) if spent else None
    return None


def _until(text: str, now: float) -> float | None:
    """The wait that a reset header means: seconds, a moment since 1970 (also in ms), a date."""
    text = text.strip()
    if NUMBER.fullmatch(text):
        number = int(text)
        if number < EPOCH_FROM:
            return float(number)
        return max(0.0, (number / 1000 if number > EPOCH_FROM * 1000 else number) - now)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return retry_after(text, now)
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)
