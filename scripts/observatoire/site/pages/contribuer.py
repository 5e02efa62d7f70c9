"""How to contribute, and the tables that Datami edits."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.site import policy
from observatoire.site.content import Content
from observatoire.site.page import Entry, Item, Page

MENU = Entry(60, "Contribuer", "contribuer/index.html")


def pages(content: Content) -> Iterator[Item]:
    """One page."""
    yield Page(
        "contribuer/index.html",
        "contribuer.html.j2",
        {"script": policy.SCRIPT},
        policy.widget(content.project),
    )
