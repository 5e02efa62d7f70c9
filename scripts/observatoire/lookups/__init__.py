"""Reference sources that complete the register, found by discovery: one module each.

They say nothing of who publishes (that is ``sources``): they tell who a body is, where it stands,
which schemas exist. What they give is kept in the repository, where every other stage reads it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, cast

from observatoire.files import Changes, differing
from observatoire.model import Row
from observatoire.register import Register, path_of
from observatoire.sources.kit import door
from observatoire.table import from_records
from observatoire.web import Web


@dataclass(frozen=True, slots=True)
class Header:
    """What a reference source is; ``base`` is the address of its service, ``licence`` that of what
    it gives, in words."""

    id: str
    title: str
    base: str
    licence: str
    cadence: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What a source is asked with: ``everything`` asks again for what is known already."""

    register: Register
    web: Web
    base: str
    today: date
    everything: bool = False
    tick: Callable[[], None] = field(default=lambda: None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The files that change, French sentences about them, and what cut the work short, if it was.

    Work cut short keeps what was learnt before: each line of these tables stands alone.
    """

    changes: Changes
    said: tuple[str, ...] = ()
    error: str = ""


class Lookup(Protocol):
    """What a module of this package offers."""

    LOOKUP: Header

    async def refresh(self, visit: Visit) -> Outcome:
        """Ask the source; raises SourceError when nothing can be learnt from it."""
        ...


def discover() -> dict[str, Lookup]:
    """Every reference source by its id, sorted."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    found = (cast(Lookup, m) for m in modules if hasattr(m, "LOOKUP"))
    return {x.LOOKUP.id: x for x in sorted(found, key=lambda x: x.LOOKUP.id)}


def written(register: Register, name: str, rows: Iterable[Row]) -> Changes:
    """The change that makes ``rows`` the content of a table; raises SourceError on nonsense."""
    described = register.schema(name)
    table = from_records(described.columns, door.admit(rows, described))
    return differing(register.files, {path_of(name): register.bytes_of(name, table)})
