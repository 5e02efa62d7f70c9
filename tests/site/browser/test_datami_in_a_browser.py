"""Datami, when it is asked for: its script answers, or it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect
from visit import Visit, named, visit

HERE = "explorer/index.html"
TABLES = "contribuer/tables/index.html"
WIDGET = """customElements.define("datami-file", class extends HTMLElement {
  connectedCallback() { this.textContent = `Datami lit ${this.getAttribute("gitfile")}`; }
});"""


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody whose requests to other hosts get no answer."""
    with visit(browser, address, viewport={"width": 1280, "height": 900}) as found:
        yield found


def asked(visitor: Visit) -> set[str]:
    """The other hosts that were asked something."""
    return {said.split("/")[2] for said in visitor.wrong if said.startswith("asks ")}


def test_a_script_that_does_not_come_leaves_the_table_and_says_so(visitor: Visit) -> None:
    page = visitor.page
    visitor.go(HERE)
    visitor.settle()
    assert asked(visitor) == set()
    page.get_by_role("link", name="Afficher Datami").click()
    frame = page.frame_locator("iframe")

    expect(frame.get_by_role("alert")).to_contain_text("Datami ne répond pas")
    assert page.locator("[data-lignes] tr").count() == 100
    assert asked(visitor) == {"datami-widget.multi.coop"}
    assert visitor.sideways() == []
    assert visitor.barriers() == []
    page.locator("iframe").scroll_into_view_if_needed()
    visitor.capture(named(HERE, "datami-muet"))
    frame.get_by_role("link", name="Revenir").click()
    page.wait_for_url(f"**/{HERE}")


def test_a_script_that_comes_is_given_the_file_of_the_version(visitor: Visit) -> None:
    def answer(route: Route) -> None:
        route.fulfill(content_type="text/javascript", body=WIDGET)

    page = visitor.page
    page.route("https://datami-widget.multi.coop/**", answer)
    visitor.go(HERE)
    visitor.settle()
    page.get_by_role("link", name="Afficher Datami").press("Enter")
    widget = page.frame_locator("iframe").locator("datami-file")

    expect(widget).to_contain_text("https://gitlab.com/groupe/observatoire/-/raw/v")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    assert visitor.wrong == []


@pytest.mark.parametrize("path", ["explorer/datami/index.html", TABLES])
def test_a_page_of_datami_asks_nobody_before_a_click(visitor: Visit, path: str) -> None:
    page = visitor.page
    visitor.go(path)
    assert asked(visitor) == set()
    page.locator("[data-afficher]").click()

    expect(page.get_by_role("alert")).to_be_visible()
    assert asked(visitor) == {"datami-widget.multi.coop"}
    assert visitor.barriers() == []
