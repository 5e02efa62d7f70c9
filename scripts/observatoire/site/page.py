"""What a module of ``site/pages`` gives: pages, files, a line of the menu."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from observatoire.site import policy


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where it stands ("explorer/index.html"), its template, what the template is given.

    A template is given ``values``, ``site`` (the frame), ``menu``, ``up`` (the way back to the
    root), ``here`` (``path``), and ``c``, the whole content. A ``closed`` page is not given ``c``:
    it says nothing but its values, plain data, so that it is not rendered again while they stay.
    A page that is not ``listed`` is not for search engines.
    """

    path: str
    template: str
    values: Mapping[str, object]
    csp: str = policy.HOME
    closed: bool = False
    listed: bool = True

    @property
    def up(self) -> str:
        """The way from the page to the root of the site: "../"."""
        return "../" * self.path.count("/")


@dataclass(frozen=True, slots=True)
class File:
    """A file that is not a page."""

    path: str
    content: bytes


Item = Page | File


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the main menu."""

    order: int
    label: str
    path: str

    def holds(self, path: str) -> bool:
        """Whether a page is in that part of the site."""
        folder = self.path.removesuffix("index.html")
        return path == self.path or (bool(folder) and path.startswith(folder))


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page.

    ``project`` is the public address of the repository, ``address`` that of the site; "" when
    nobody gave it. ``preview`` says that nothing of it is published.
    """

    project: str
    address: str = ""
    preview: bool = False

    def absolute(self, path: str) -> str:
        """The public address of a page; "" when that of the site is not known."""
        if not self.address:
            return ""
        return f"{self.address.rstrip('/')}/{path.removesuffix('index.html')}"
