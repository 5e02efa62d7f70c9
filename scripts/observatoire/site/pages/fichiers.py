"""The files that go with the pages: downloads, feeds."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.publish.draft import FOLDER
from observatoire.publish.exports import flux
from observatoire.site.content import Content, Feed
from observatoire.site.page import File, Item

DOWNLOADS = "donnees"


def pages(content: Content) -> Iterator[Item]:
    """Each download, each feed."""
    for name, data in content.downloads().items():
        yield File(f"{DOWNLOADS}/{name}", data)
    for feed in content.feeds():
        yield File(feed.path, _served(content, feed))


def _served(content: Content, feed: Feed) -> bytes:
    """A feed that says where it is and which page it goes with, once the site has an address."""
    page = content.frame.absolute(f"departements/{feed.code}/index.html")
    published = content.files[f"{FOLDER}/{feed.path}"]
    return flux.served(published, content.frame.absolute(feed.path), page)
