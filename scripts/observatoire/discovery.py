"""The modules of a package, found in its folder."""

from __future__ import annotations

import os
from types import ModuleType


def modules(package: ModuleType) -> list[str]:
    """The names of the modules that a package holds, sorted.

    As ``pkgutil.iter_modules`` gives them, which takes longer to import than many a command.
    """
    names = (name for folder in package.__path__ for name in os.listdir(folder))  # noqa: PTH208
    return sorted(n.removesuffix(".py") for n in names if n.endswith(".py") and n[0] != "_")
