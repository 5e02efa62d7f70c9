"""When a figure stands on a scale of time."""

from __future__ import annotations

from datetime import date


def moment(vintage: str, iso: str) -> float:
    """A year with its fraction: its date's, else its year's end or the month that it names."""
    if iso:
        day = date.fromisoformat(iso)
        return round(day.year + day.timetuple().tm_yday / 366, 3)
    year, _, month = vintage.partition("-")
    return round(int(year) + (int(month) / 12 if month else 1), 3)
