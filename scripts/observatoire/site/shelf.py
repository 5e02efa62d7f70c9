"""What a preview answers: the pages, made when they are asked for, and the raw files of Datami."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from observatoire.files import Memory
from observatoire.publish.draft import FOLDER
from observatoire.site.build import Planned, plan
from observatoire.site.content import Content

RAW = (f"{FOLDER}/", "data/")
"""What Datami reads of a repository; it writes ``/`` as ``%2F`` (datami.md, section 1.2)."""


@dataclass(frozen=True)
class Shelf:
    """The files of a preview by path. Nothing else can be had: a path is a key, never a place."""

    pages: Mapping[str, Planned]
    raw: Memory

    def find(self, address: str) -> tuple[str, bytes] | None:
        """The path and content that an address (path of a URL, query or not) asks for."""
        path = unquote(address.partition("?")[0]).lstrip("/")
        for name in (path, f"{path.rstrip('/')}/index.html".lstrip("/")):
            if name in self.pages:
                return name, self.pages[name].make()
        content = self.raw.read(path) if path.startswith(RAW) else None
        return None if content is None else (path, content)


def of(content: Content) -> Shelf:
    """The preview of a content."""
    return Shelf({planned.path: planned for planned in plan(content)}, content.files)
