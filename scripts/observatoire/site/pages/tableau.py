"""The table of organisations, with and without Datami."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.site import policy
from observatoire.site.content import Content
from observatoire.site.page import Entry, Item, Page

MENU = Entry(10, "Explorer", "tableau/index.html")


def pages(content: Content) -> Iterator[Item]:
    """One page."""
    yield Page(
        "tableau/index.html",
        "tableau.html.j2",
        {
            "script": policy.SCRIPT,
            "rows": content.organisations(),
            "types": content.types(),
        },
        policy.widget(content.project),
    )
