"""A clone of the small register of the tests of proposals, which serves here too."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "propose"))

from propose_register import Desk, make


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("registre")).root


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Desk:
    """A clone of its own, on main."""
    shutil.copytree(model, tmp_path / "registre")
    return Desk(tmp_path / "registre")
