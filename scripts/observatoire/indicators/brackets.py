"""Population brackets, half-open: [1000, 3500) holds 1,000 and not 3,500."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

POPULATION = (0, 1000, 3500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000)
"""Lower bounds, with the legal cut at 3,500."""


def index(value: int, bounds: Sequence[int]) -> int:
    """The rank of the bracket that holds ``value``; -1 below the first bound."""
    return bisect_right(bounds, value) - 1


def names(bounds: Sequence[int] = POPULATION) -> tuple[str, ...]:
    """A sortable name per bracket: "0003500-0004999", the last one open: "1000000-"."""
    uppers = [f"{upper - 1:07d}" for upper in bounds[1:]]
    return tuple(f"{low:07d}-{up}" for low, up in zip(bounds, [*uppers, ""], strict=True))


NAMES = names()


def holding(people: int) -> str:
    """The name of the bracket of population that holds a number of inhabitants."""
    return NAMES[index(people, POPULATION)]


def label(name: str) -> str:
    """A bracket's name in French: "de 3 500 à 4 999 habitants"."""
    low, _, up = name.partition("-")
    if not up:
        return f"{_spaced(int(low))} habitants et plus"
    if int(low) == 0:
        return f"moins de {_spaced(int(up) + 1)} habitants"
    return f"de {_spaced(int(low))} à {_spaced(int(up))} habitants"


def _spaced(value: int) -> str:
    return f"{value:,}".replace(",", " ")
