"""The classes of a rate, from nothing to most: pale to dark, so that print and greys keep them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

BOUNDS = (5, 10, 20, 40)
"""Percent. Half of the départements are under 10, one in ten over 20 (register of 2026)."""

NONE, UNKNOWN = "c0", "cx"


def of(value: str) -> str:
    """The class of a rate; "" is a rate that nobody can work out."""
    if not value:
        return UNKNOWN
    number = float(value)
    return f"c{bisect_right(BOUNDS, number) + 1}" if number else NONE


def legend(*, unknown: bool) -> list[tuple[str, str]]:
    """Each class with its words, in order; ``unknown``: some territory has no rate."""
    named = [f"moins de {BOUNDS[0]} %"]
    named += [f"de {low} à moins de {high} %" for low, high in pairwise(BOUNDS)]
    named.append(f"{BOUNDS[-1]} % et plus")
    known = [
        (NONE, "aucune ne publie"),
        *((f"c{rank}", words) for rank, words in enumerate(named, 1)),
    ]
    return [*known, (UNKNOWN, "aucune collectivité obligée")] if unknown else known
