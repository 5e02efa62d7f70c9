"""A clone with a commit on main, and its local forge."""

from __future__ import annotations

from pathlib import Path

import pytest
from propose_place import Place, make


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return make(tmp_path)
