"""A visitor's tab that notes what must not happen: errors, questions to another host."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Route

from node_tools import node_package

CAPTURES = Path(__file__).parents[3] / "rapport" / "captures"
"""Where pictures go: CI keeps that folder."""

TALLEST = 3000
"""Of a picture, in pixels."""

EXPLORER = "explorer/index.html"

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass
class Visit:
    """A tab; ``wrong`` collects errors, dialogs and foreign addresses as they come."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of the site."""
        self.page.goto(f"{self.address}/{path}")

    def settle(self) -> None:
        """Wait until the explorer, if it is here, is ready."""
        if self.page.locator("[data-explorer]").count():
            self.page.wait_for_selector("[data-explorer][data-pret]")

    def capture(self, target: Path, *, whole: bool = False) -> None:
        """Keep a picture; much of the height where asked."""
        if whole:
            wide, tall = self.page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
            self.page.set_viewport_size({"width": wide, "height": min(tall, TALLEST)})
        try:
            self._shoot(target)
        except Error:
            # A busy machine sometimes fails to compose a picture; a second failure is one.
            self._shoot(target)

    def _shoot(self, target: Path) -> None:
        self.page.screenshot(path=target, type="jpeg", quality=60)

    def seen(self, selector: str) -> list[str]:
        """What is shown of the elements that a selector names."""
        found: list[str] = self.page.locator(selector).evaluate_all(
            "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 160))"
        )
        return found

    def sideways(self) -> list[str]:
        """What makes the page wider than the window."""
        found: list[str] = self.page.evaluate(
            """() => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              const scrolled = (e) => e.closest(".defile, dialog") ?? false;
              return [...document.querySelectorAll("body *")]
                .filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolled(e))
                .map((e) => e.outerHTML.slice(0, 160));
            }"""
        )
        return found

    def barriers(self) -> list[str]:
        """What axe-core says against the page."""
        self.page.evaluate(
            f"{(node_package('axe-core') / 'axe.min.js').read_text('utf-8')};undefined"
        )
        found: dict[str, Any] = self.page.evaluate(
            "(tags) => axe.run({runOnly: tags, resultTypes: ['violations']})", list(RULES)
        )
        return [
            f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
            for rule in found["violations"]
            for node in rule["nodes"]
        ]


def named(path: str, look: str) -> Path:
    """The picture of a page."""
    CAPTURES.mkdir(parents=True, exist_ok=True)
    return CAPTURES / f"{path.removesuffix('/index.html').replace('/', '-')}-{look}.jpg"


def names(page: Page) -> list[str]:
    """The organisations that the explorer lists."""
    return page.locator("[data-lignes] th").all_inner_texts()


def count(page: Page) -> str:
    """How many the explorer says it found."""
    return page.locator("[data-nombre]").inner_text().replace("\u202f", " ")


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Visit]:
    """A new visitor; requests to other hosts are noted, and get no answer."""
    context = browser.new_context(locale="fr-FR", **options)
    context.set_default_timeout(40_000)
    made = Visit(context.new_page(), address)

    def guard(route: Route) -> None:
        if route.request.url.startswith((f"{address}/", "blob:", "data:")):
            route.continue_()
        else:
            made.wrong.append(f"asks {route.request.url}")
            route.abort()

    context.route("**/*", guard)
    made.page.on("pageerror", lambda error: made.wrong.append(f"error {error}"))
    made.page.on("console", lambda said: _note(made, said.type, said.text))
    made.page.on("dialog", lambda dialog: made.wrong.append(f"dialog {dialog.message}"))
    yield made
    context.close()


def _note(made: Visit, kind: str, text: str) -> None:
    if kind in {"error", "warning"}:
        made.wrong.append(f"{kind} {text}")
