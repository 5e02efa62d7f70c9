"""Exports: one file per kind of content under ``publication/``, found by discovery."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Protocol, cast

from observatoire.publish.draft import Draft


class Export(Protocol):
    """What a file of ``exports/`` offers."""

    def export(self, draft: Draft) -> Mapping[str, bytes]:
        """The files of a version, by path relative to ``publication/``."""
        ...


@cache
def discover() -> tuple[Export, ...]:
    """Every export, in name order."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__))
    return tuple(cast(Export, importlib.import_module(f"{__name__}.{n}")) for n in names)
