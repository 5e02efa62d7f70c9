"""One browser, and one site, for all the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from chromium import launched

CAPTURES = Path(__file__).parents[3] / "rapport" / "captures"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    with launched() as found:
        yield found


@pytest.fixture(scope="session")
def captures() -> Path:
    """Where screenshots go: CI keeps that folder."""
    CAPTURES.mkdir(parents=True, exist_ok=True)
    return CAPTURES


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new tab, with nothing remembered."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
    yield context.new_page()
    context.close()
