"""Pages are tested on the small register of the tests of publication."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))

from small_site import RENNES, content, organisation
from whole import Seen

from observatoire.site.content import Content


@pytest.fixture(scope="module")
def version() -> Content:
    """A version of the small register."""
    return content()


@pytest.fixture(scope="module")
def rennes(version: Content) -> Seen:
    """The page of Rennes."""
    return organisation(version, RENNES)
