"""A clone with a commit on main, and its local forge; clones of a small register."""

from __future__ import annotations

import shutil
from pathlib import Path

import propose_register
import pytest
from propose_place import Place, make
from propose_register import KNOWN, NEW, Desk


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make(tmp_path)


@pytest.fixture(scope="session")
def small_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clone that those of the tests are copied from."""
    return propose_register.make(tmp_path_factory.mktemp("registre")).root


@pytest.fixture
def clone(small_register: Path, tmp_path: Path) -> Desk:
    """A clone of the small register, of its own."""
    shutil.copytree(small_register, tmp_path / "registre")
    return Desk(tmp_path / "registre")


@pytest.fixture
def desk(clone: Desk) -> Desk:
    """A clone of its own, where data.gouv.fr has one new body."""
    clone.harvest(KNOWN, NEW)
    return clone


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small register with room for looks, that those of the tests are copied from."""
    desk = propose_register.make(tmp_path_factory.mktemp("registre"))
    desk.holds("vivacite", [])
    desk.holds("liens_morts", [])
    return desk.root
