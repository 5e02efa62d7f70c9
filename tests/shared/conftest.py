"""Tests on the real material, which stands beside the project in some places only."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.migrations.reprise_2022 import assemble, sources
from observatoire.reference import lookup
from observatoire.register import Register

SHARED = Path(__file__).parents[3] / "shared"

collect_ignore_glob = [] if SHARED.is_dir() else ["test_*.py"]


@pytest.fixture
def shared() -> Path:
    """The folder of the real editions and recorded answers."""
    return SHARED


@pytest.fixture(scope="session")
def old() -> sources.Sources:
    return sources.read(Folder(SHARED / "data/observatoire"))


@pytest.fixture(scope="session")
def references() -> list[lookup.Reference]:
    register = Register(Folder(Path(__file__).parents[2]))
    return [lookup.load(register, vintage) for vintage in assemble.VINTAGES]


@pytest.fixture(scope="session")
def rebuilt(old: sources.Sources, references: list[lookup.Reference]) -> assemble.Rebuilt:
    return assemble.rebuild(old, *references)
