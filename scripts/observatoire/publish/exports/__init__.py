"""Exports: one file per kind of content that a version holds, found by discovery.

A module makes files of ``publication/`` (``export``), or files to download (``assets``).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Protocol, cast

from observatoire.publish.draft import Draft
from observatoire.publish.sheets import Version


class Export(Protocol):
    """What a module that adds to ``publication/`` offers."""

    def export(self, draft: Draft) -> Mapping[str, bytes]:
        """The files of a version, by path relative to ``publication/``."""
        ...


class Format(Protocol):
    """What a module that makes files to download offers; it reads the version's tag, no more."""

    ABOUT: Mapping[str, str]
    """What each file is, in French."""

    def assets(self, version: Version) -> Mapping[str, bytes]:
        """The files, by name; the names are the same from one version to the next."""
        ...


@cache
def discover() -> tuple[Export, ...]:
    """Every export, in name order."""
    return tuple(cast(Export, m) for m in _modules() if hasattr(m, "export"))


@cache
def formats() -> tuple[Format, ...]:
    """Every format to download, in name order."""
    return tuple(cast(Format, m) for m in _modules() if hasattr(m, "assets"))


def _modules() -> list[ModuleType]:
    names = sorted(m.name for m in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{n}") for n in names]
