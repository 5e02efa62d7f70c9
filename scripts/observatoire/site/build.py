"""The files of the site for a version, made one at a time: none is kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from observatoire.site import fingerprint, pages, render, sitemap
from observatoire.site.content import Content
from observatoire.site.page import File, Frame, Item, Page


@dataclass(frozen=True, slots=True)
class Planned:
    """A file of the site before it is made.

    Two plans with one path and one ``digest`` make the same bytes; "" says that nobody knows.
    """

    path: str
    digest: str
    make: Callable[[], bytes]


def build(content: Content) -> Iterator[tuple[str, bytes]]:
    """Every file, by path relative to the site."""
    for planned in plan(content):
        yield planned.path, planned.make()


def plan(content: Content) -> Iterator[Planned]:
    """Every file to make, in an order that stays the same."""
    frame = content.frame
    known: list[str] = []
    for item in _items(content):
        if isinstance(item, Page):
            known += [item.path] if item.listed else []
            yield _page(item, frame, content)
        else:
            yield _file(item)
    for file in (*sitemap.files(frame, known), *render.statics()):
        yield _file(file)


def _items(content: Content) -> Iterator[Item]:
    for kind in pages.discover():
        yield from kind.pages(content)


def _file(item: File) -> Planned:
    return Planned(item.path, fingerprint.of(item.content), lambda: item.content)


def _page(item: Page, frame: Frame, content: Content) -> Planned:
    if item.closed:
        digest = fingerprint.of_page(item, frame)
        return Planned(item.path, digest, lambda: render.page(item, frame))
    return Planned(item.path, "", lambda: render.page(item, frame, c=content))
