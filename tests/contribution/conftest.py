"""A small register with history, in a clone of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from contribution_place import Place


@pytest.fixture
def place(tmp_path: Path, root: Path) -> Place:
    return Place(tmp_path, root)
