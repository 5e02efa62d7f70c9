"""The files that go with the pages: downloads, feeds."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.publish.draft import FOLDER
from observatoire.site.content import Content
from observatoire.site.page import File, Item

DOWNLOADS = "donnees"


def pages(content: Content) -> Iterator[Item]:
    """Each download, each feed."""
    for name, data in content.downloads().items():
        yield File(f"{DOWNLOADS}/{name}", data)
    for feed in content.feeds():
        yield File(feed.path, content.files[f"{FOLDER}/{feed.path}"])
