"""Indicators: one file per indicator (``i01_…``), found by discovery."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Collection
from functools import cache
from typing import cast

from observatoire.indicators.model import Indicator

_NAME = re.compile(r"i[0-9]{2}_[a-z0-9_]+")


@cache
def discover() -> tuple[Indicator, ...]:
    """Every indicator, in the order of its number."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if _NAME.fullmatch(m.name))
    return tuple(cast(Indicator, importlib.import_module(f"{__name__}.{n}")) for n in names)


def choose(ids: Collection[str]) -> tuple[Indicator, ...]:
    """The indicators of these ids (in any case), all of them when none is named."""
    wanted = {i.upper() for i in ids}
    return tuple(i for i in discover() if not wanted or i.HEADER.id in wanted)
