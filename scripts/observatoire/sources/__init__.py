"""The connectors, one per technology of portal, found by discovery.

A module (or package) here that defines ``SOURCE`` is a connector; ``kit`` is what they share. A
connector turns a portal's answers into rows of ``schemas/moissons.json``, one per publisher. It
gives all the rows or raises ``SourceError``: what is partial is worth nothing, since an absent
publisher would look like a publisher that left.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from observatoire.model import Row, SourceError
from observatoire.web import Web


@dataclass(frozen=True, slots=True)
class Header:
    """What a source is.

    ``technos`` are the technologies (column ``techno`` of the platforms) that it reads, ``fills``
    the columns of a harvest that it knows how to fill, ``floor`` the least number of publishers
    that a portal of it can have (more for one that claims to host many: ``harvest.asking.least``).
    """

    id: str
    title: str
    cadence: str
    technos: tuple[str, ...]
    fills: tuple[str, ...]
    floor: int = 0


class Connector(Protocol):
    """What a module of this package offers."""

    SOURCE: Header

    def harvest(self, platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
        """One row per publisher of the platform; raises SourceError when one may be missing."""
        ...


def discover() -> dict[str, Connector]:
    """Every connector by the id of its source, sorted."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    found = (cast(Connector, m) for m in modules if hasattr(m, "SOURCE"))
    return {c.SOURCE.id: c for c in sorted(found, key=lambda c: c.SOURCE.id)}


def base_of(platform: Row) -> str:
    """The address that a platform's connector starts from, without a final slash."""
    base = (platform.get("url_api") or platform.get("url", "")).rstrip("/")
    if not base:
        raise SourceError(
            f"la plateforme « {platform['id']} » n'a pas d'adresse :"
            " complétez « url » ou « url_api » dans data/plateformes.csv."
        )
    return base
