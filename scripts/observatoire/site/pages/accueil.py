"""The home page: the state of open data in one screen."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.site.content import Content
from observatoire.site.page import Entry, Item, Page

MENU = Entry(0, "Accueil", "index.html")


def pages(content: Content) -> Iterator[Item]:
    """One page."""
    yield Page("index.html", "index.html.j2", {"story": content.story})
