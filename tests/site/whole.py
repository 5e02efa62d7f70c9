"""Pages read as a browser does, and the links between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

LINKS = {
    "a": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "form": "action",
}


@dataclass(frozen=True)
class Seen:
    """A page: where it stands, its bytes."""

    path: str
    source: bytes

    @cached_property
    def _parsed(self) -> tuple[Element, list[object]]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        return parser.parse(self.source.decode()), parser.errors

    @property
    def root(self) -> Element:
        """The document."""
        return self._parsed[0]

    @property
    def errors(self) -> list[object]:
        """What a browser would have to guess."""
        return self._parsed[1]

    @cached_property
    def elements(self) -> list[tuple[str, Element]]:
        """Every element with its name, that of SVG without its namespace."""
        return [(str(e.tag).rpartition("}")[2], e) for e in self.root.iter() if e.tag is not None]

    def all(self, name: str) -> list[Element]:
        """The elements of a name."""
        return [e for tag, e in self.elements if tag == name]

    @cached_property
    def ids(self) -> list[str]:
        """Every id."""
        return [e.attrib["id"] for _, e in self.elements if "id" in e.attrib]

    def links(self) -> Iterator[str]:
        """Every address that the page leads to or loads."""
        for tag, element in self.elements:
            if tag in LINKS and LINKS[tag] in element.attrib:
                yield element.attrib[LINKS[tag]]
            if tag == "meta" and element.attrib.get("http-equiv") == "refresh":
                yield element.attrib["content"].partition("url=")[2]


def words(element: Element) -> str:
    """The text of an element."""
    return "".join(element.itertext())


def text(page: Seen) -> str:
    """All the words of its main part, on one line."""
    return " ".join(words(page.all("main")[0]).split())


def linked(page: Seen, label: str) -> str:
    """Where the link of that label leads."""
    (found,) = {e.attrib[LINKS["a"]] for e in page.all("a") if words(e).strip() == label}
    return str(found)


def pages(made: Mapping[str, bytes]) -> list[Seen]:
    """Every page of a site."""
    return [Seen(path, made[path]) for path in sorted(made) if path.endswith(".html")]


def target(page: str, address: str) -> tuple[str, str] | None:
    """The file and the anchor that an address of a page leads to; None when it is elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    if not parts.path:
        return page, unquote(parts.fragment)
    steps: list[str] = []
    for step in (PurePosixPath(page).parent / unquote(parts.path)).parts:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps), unquote(parts.fragment)
