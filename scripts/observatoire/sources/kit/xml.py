"""XML from outside: no document type, no entity, no depth that breaks anything."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from observatoire.model import SourceError
from observatoire.sources.kit.text import MEMORY


def parse(body: bytes, url: str) -> Element:
    """The root of a document; raises SourceError."""
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError):
        raise SourceError(f"{url[:200]} : la réponse n'est pas du XML lisible.") from None
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace, which changes from one version to the next."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


@lru_cache(MEMORY)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def under(element: Element, *path: str) -> Iterator[Element]:
    """The elements at the end of a path of local names; ``*`` is any name."""
    found = [element]
    for name in path:
        below = (c for e in found for c in e)
        found = list(below) if name == "*" else [c for c in below if local(c) == name]
    yield from found


def said(element: Element | None) -> str:
    """The text of an element and of what it holds, on one line; "" without it."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def texts(element: Element, *path: str) -> list[str]:
    """What the elements at the end of a path say, the empty ones aside."""
    return [text for found in under(element, *path) if (text := said(found))]
