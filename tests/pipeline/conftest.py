"""A small register on a forge, and the pipeline run on it by gitlab-ci-local."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from runner import Yard, build


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    made = build(tmp_path_factory.mktemp("chantier"))
    with made.fictive:
        yield made
