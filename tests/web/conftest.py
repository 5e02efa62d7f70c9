"""A server that can say that nothing changed, and a harvester of it that has a cache."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cache_bench import Cached, Number

from observatoire.demo.simulator import Portal, Simulator


@pytest.fixture
def face() -> Number:
    return Number()


@pytest.fixture
def portal(face: Number) -> Iterator[Portal]:
    portal = Portal(face)
    with Simulator(portal):
        yield portal


@pytest.fixture
def cached(portal: Portal, tmp_path: Path) -> Cached:
    return Cached(portal, tmp_path / "cache")
