"""What a page is made from, in one number: same number, same bytes."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

import orjson

from observatoire.site.page import Frame, Page

LENGTH = 24
"""Hexadecimal digits kept: 96 bits, far more than some tens of thousands of pages need."""

KINDS = (".py", ".j2")


def of(content: bytes) -> str:
    """The number of a content."""
    return sha256(content).hexdigest()[:LENGTH]


def of_page(page: Page, frame: Frame) -> str:
    """The number of a closed page: values (plain data, else a TypeError), code, frame."""
    inputs = (page.path, page.template, page.csp, page.values, frame)
    return of(code() + orjson.dumps(inputs))


@cache
def code() -> bytes:
    """The number of the whole package and of what renders it: any change makes every page again."""
    found = sha256(version("jinja2").encode() + version("markupsafe").encode())
    for file in _walk(files("observatoire")):
        found.update(file.read_bytes())
    return found.digest()


def _walk(folder: Traversable) -> list[Traversable]:
    out: list[Traversable] = []
    for child in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if child.is_dir():
            out += _walk(child)
        elif child.name.endswith(KINDS):
            out.append(child)
    return out
