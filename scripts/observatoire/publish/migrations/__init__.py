"""How the data of an older version becomes data of today's schemas: one file per schema change.

A file offers ``SINCE``, the first version under the new schema ("v2.0.0"), and
``migrate(files) -> Changes``, which rewrites the tables of a version before it.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol, cast

from observatoire.files import Changes, Files


class Migration(Protocol):
    """What a file of this folder offers."""

    SINCE: str

    def migrate(self, files: Files) -> Changes:
        """The tables that change, in the new schema's columns."""
        ...


def discover() -> list[Migration]:
    """Every migration, in name order."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__))
    return [cast(Migration, importlib.import_module(f"{__name__}.{n}")) for n in names]
