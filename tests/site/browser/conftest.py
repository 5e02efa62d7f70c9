"""One browser, and one site, for all the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from real_site import Whole, whole
from served import served

from chromium import launched


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, without a window.

    Playwright's loop runs in this thread as long as it is there: no other test could run its own.
    """
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def site() -> Whole:
    """The site of the register of this folder."""
    return whole()


@pytest.fixture(scope="session")
def address(site: Whole) -> Iterator[str]:
    """Where that site is served."""
    with served(site.shelf) as found:
        yield found
