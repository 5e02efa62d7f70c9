"""The forms of a report: one file each, found by discovery; `render(report)` gives its text."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import cast

from observatoire.discovery import modules
from observatoire.validate.report import Report


def names() -> list[str]:
    """The forms that exist."""
    return modules(sys.modules[__name__])


def renderer(name: str) -> Callable[[Report], str]:
    """The function that writes a report in that form."""
    module = importlib.import_module(f"{__name__}.{name}")
    return cast(Callable[[Report], str], module.render)
