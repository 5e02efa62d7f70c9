"""Round steps for an axis, and labels that fit a width."""

from __future__ import annotations

from math import ceil, floor, log10
from textwrap import wrap

STEPS = (1, 2, 2.5, 5, 10)
LEAST = 1e-6

WIDTH = 46
"""Characters that fit a line on a telephone."""


def step(extent: float, parts: int) -> float:
    """A round step that cuts ``extent`` in at most ``parts``; 1 for next to nothing."""
    if extent < LEAST:
        return 1
    unit = 10.0 ** floor(log10(extent / parts))
    return next(unit * s for s in STEPS if unit * s * parts >= extent * 0.999999)


def top(values: list[float], parts: int = 4) -> float:
    """The round value that ends an axis which starts from zero."""
    most = max(values, default=0)
    size = step(most, parts)
    return size * max(1, ceil(round(most / size, 6)))


def folded(text: str, width: int = WIDTH) -> list[str]:
    """Words on lines short enough, at least one line."""
    return wrap(text, width, break_long_words=True) or [""]
