"""Tests on the real material, which stands beside the project in some places only."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"

collect_ignore_glob = [] if SHARED.is_dir() else ["test_*.py"]


@pytest.fixture
def shared() -> Path:
    """The folder of the real editions and recorded answers."""
    return SHARED
