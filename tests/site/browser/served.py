"""A preview on this machine, for a browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from loopback import serving
from observatoire.files import Memory
from observatoire.site.build import Planned
from observatoire.site.server import Server
from observatoire.site.shelf import Shelf


@contextmanager
def served(shelf: Shelf) -> Iterator[str]:
    """The address of the preview, without a slash at the end."""
    with serving(Server(0, lambda: shelf)) as server:
        yield server.address


def held(files: Mapping[str, bytes]) -> Shelf:
    """A preview of files that are already made."""
    pages = {path: Planned(path, "", lambda c=content: c) for path, content in files.items()}
    return Shelf(pages, Memory())
