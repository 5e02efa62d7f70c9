"""Every kind of page in a real browser: seen, read, printed, at three widths, day and night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from real_site import Whole, templates
from visit import named, visit

HEIGHTS = {320: 640, 1280: 900}
KINDS = templates()
FOR_THE_SCREEN = "nav, form, button:not(.tri), .evitement, .invite"


@pytest.fixture(params=KINDS)
def path(request: pytest.FixtureRequest, site: Whole) -> str:
    """The longest page of each kind."""
    return site.longest[request.param]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_page_is_open_to_everybody(
    browser: Browser, address: str, path: str, width: int, scheme: str
) -> None:
    size = {"width": width, "height": HEIGHTS[width]}
    with visit(browser, address, viewport=size, color_scheme=scheme) as visitor:
        visitor.go(path)
        visitor.settle()

        assert visitor.sideways() == []
        assert visitor.barriers() == []
        assert visitor.wrong == []
        visitor.capture(named(path, str(width)), whole=width == 1280)


def test_a_page_fits_a_giant_screen(browser: Browser, address: str, path: str) -> None:
    with visit(browser, address, viewport={"width": 3840, "height": 1200}) as visitor:
        visitor.go(path)
        visitor.settle()

        assert visitor.sideways() == []
        assert visitor.barriers() == []
        assert visitor.wrong == []
        visitor.capture(named(path, "3840"))


def test_a_page_is_whole_without_javascript(browser: Browser, address: str, path: str) -> None:
    with visit(browser, address, java_script_enabled=False) as visitor:
        visitor.go(path)

        assert visitor.page.locator("h1").is_visible()
        assert visitor.page.locator("main").inner_text().strip()
        assert visitor.seen("button:not(form[action] button)") == []
        assert visitor.sideways() == []
        assert visitor.wrong == []
        visitor.capture(named(path, "sans-javascript"))


def test_a_page_prints_in_black_without_what_is_for_the_screen(
    browser: Browser, address: str, path: str
) -> None:
    with visit(browser, address, color_scheme="dark") as visitor:
        visitor.go(path)
        visitor.settle()
        visitor.page.emulate_media(media="print")

        assert visitor.page.locator("h1").is_visible()
        assert visitor.seen(FOR_THE_SCREEN) == []
        assert visitor.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        visitor.capture(named(path, "imprime"))


def test_the_former_address_of_the_table_leads_to_the_explorer(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as visitor:
        visitor.go("tableau/index.html")
        visitor.page.wait_for_url("**/explorer/index.html")
        visitor.settle()

        assert visitor.wrong == []
