"""Every check of ``checks/``, found by discovery; one that breaks down hides no other."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Protocol, cast

from observatoire.doctor import checks
from observatoire.doctor.model import Advice, Place
from observatoire.model import Breakdown, Malformed


class Check(Protocol):
    """What a module of ``checks/`` offers; ``ONLINE`` when it needs a forge."""

    TITLE: str
    ONLINE: bool

    def look(self, place: Place) -> Iterator[Advice]:
        """What is said of one thing; may raise Breakdown or Malformed."""
        ...


def discover() -> dict[str, Check]:
    """Every check by its code, those of the clone first."""
    names = sorted(m.name for m in pkgutil.iter_modules(checks.__path__))
    found = {n: cast(Check, importlib.import_module(f"{checks.__name__}.{n}")) for n in names}
    return dict(sorted(found.items(), key=lambda pair: (pair[1].ONLINE, pair[0])))


def examine(place: Place) -> Iterator[tuple[str, str, Advice]]:
    """(code, title, advice) of every check that can run here."""
    for code, check in discover().items():
        if check.ONLINE and place.shop is None:
            continue
        name = code.replace("_", "-")
        try:
            for advice in check.look(place):
                yield name, check.TITLE, advice
        except Malformed as problem:
            yield name, check.TITLE, Advice("manque", problem.findings[0].sentence())
        except Breakdown as problem:
            yield name, check.TITLE, Advice("panne", str(problem))
