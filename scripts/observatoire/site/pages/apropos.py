"""What every site must say: an address that leads nowhere, accessibility, legal notice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from observatoire.site.content import Content
from observatoire.site.forge import Pages
from observatoire.site.page import Item, Page

LOST = "404.html"


def pages(content: Content) -> Iterator[Item]:
    """Three pages."""
    forge = Pages(content.project)
    yield Page(LOST, "404.html.j2", {"root": root(content.address)}, listed=False)
    yield Page("accessibilite/index.html", "accessibilite.html.j2", {"forge": forge})
    sources = json.loads(content.files.get("datapackage.json", b"{}")).get("sources", ())
    yield Page("mentions/index.html", "mentions.html.j2", {"forge": forge, "sources": sources})


def root(address: str) -> str:
    """The way to the site's root from any address: the page is served where nothing is."""
    return f"{urlsplit(address).path.rstrip('/')}/" if address else ""
