"""The browser of the tests."""

from __future__ import annotations

from playwright.sync_api import Browser


def test_a_browser_renders_text_and_runs_scripts(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>Été</h1>")

    assert page.evaluate("document.querySelector('h1').getBoundingClientRect().height") > 0
    assert page.inner_text("h1") == "Été"
    page.close()
