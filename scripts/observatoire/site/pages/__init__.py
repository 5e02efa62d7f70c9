"""Kinds of pages: one per file, found by discovery.

A module gives its pages (``pages``); with ``MENU``, it also stands in the main menu.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from observatoire.site.content import Content
from observatoire.site.page import Entry, Item


class Kind(Protocol):
    """What a module of pages offers."""

    def pages(self, content: Content) -> Iterator[Item]:
        """The pages and files of that kind, one at a time."""
        ...


@cache
def discover() -> tuple[Kind, ...]:
    """Every kind of page, in name order."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__))
    return tuple(cast(Kind, importlib.import_module(f"{__name__}.{n}")) for n in names)


@cache
def menu() -> tuple[Entry, ...]:
    """The main menu, in order."""
    found = [kind.MENU for kind in discover() if hasattr(kind, "MENU")]
    return tuple(sorted(found, key=lambda entry: entry.order))
