"""The forms, one module each, found by discovery: ``FORM`` and ``decide(reading, book)``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Protocol, cast

from observatoire.signalement.book import Book
from observatoire.signalement.model import Decision, Form, Reading


class Kind(Protocol):
    """What a module of this package offers."""

    FORM: Form

    def decide(self, reading: Reading, book: Book) -> Decision:
        """What comes of a report; nothing is written."""
        ...


@cache
def discover() -> dict[str, Kind]:
    """Every form by its kind."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__))
    modules = (cast(Kind, importlib.import_module(f"{__name__}.{name}")) for name in names)
    return {module.FORM.kind: module for module in modules}


def forms() -> dict[str, Form]:
    """The forms by kind."""
    return {kind: module.FORM for kind, module in discover().items()}
