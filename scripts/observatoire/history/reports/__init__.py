"""The forms in which differences are told: words, CSV, JSON."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import cast

from observatoire.history.changes import Changes

FORMATS = ("texte", "csv", "json")

Render = Callable[[Changes, int], str]
"""Writes differences; the number is how many lines of each kind a table may show, 0 for all."""


def renderer(form: str) -> Render:
    """The report called ``form``, one of ``FORMATS``."""
    return cast(Render, importlib.import_module(f"{__name__}.{form}").render)


def bounded(found: int, limit: int) -> int:
    """How many of ``found`` lines are shown."""
    return min(found, limit) if limit else found
