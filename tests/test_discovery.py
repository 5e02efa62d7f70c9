"""The modules of a package are those that pkgutil finds."""

from __future__ import annotations

import pkgutil

from observatoire import commands
from observatoire.discovery import modules
from observatoire.validate import checks


def test_the_modules_are_those_that_pkgutil_finds() -> None:
    for package in (commands, checks):
        assert modules(package) == sorted(m.name for m in pkgutil.iter_modules(package.__path__))
