"""RDF from outside made a graph: nothing is fetched, no entity is expanded, no bad IRI is kept."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from urllib.parse import quote
from xml.etree.ElementTree import Element, ParseError, tostring
from xml.sax import SAXException

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from rdflib import Graph
from rdflib.exceptions import Error
from rdflib.plugins.parsers.jsonld import to_rdf
from yarl import URL

from observatoire.model import SourceError
from observatoire.sources.kit.contexts import neutral
from observatoire.web import Json

TYPES = {
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/turtle": "turtle",
    "application/x-turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/json": "json-ld",
    "application/n-triples": "nt",
    "text/n3": "n3",
    "text/rdf+n3": "n3",
}
EXTENSIONS = {
    "rdf": "xml",
    "xml": "xml",
    "ttl": "turtle",
    "n3": "n3",
    "nt": "nt",
    "jsonld": "json-ld",
    "json": "json-ld",
}

XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|!|[\w.-]+:RDF\b)")
IRI = re.compile(r'<([A-Za-z][A-Za-z0-9+.-]*:[^<>"\n]*)>')
"""An IRI of Turtle; within a text, what looks like one may be encoded too: texts are not kept."""

FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
"""Characters that an IRI cannot hold (RFC 3987)."""

UNREADABLE = (
    Error,
    SAXException,
    ValueError,
    SyntaxError,
    RecursionError,
    # What rdflib lets through for documents that are not as it expects.
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
)


def syntax(declared: str, url: str, body: bytes) -> str:
    """The syntax of a document for rdflib: its declared type's, its address's, or what it shows."""
    if declared in TYPES:
        return TYPES[declared]
    try:
        extension = URL(url).path.rpartition(".")[2].lower()
    except ValueError:
        extension = ""
    if extension in EXTENSIONS:
        return EXTENSIONS[extension]
    if XML.match(body):
        return "xml"
    return "json-ld" if body.lstrip()[:1] == b"{" else "turtle"


def parse(body: bytes, syntax: str, url: str) -> Graph:
    """The graph that a document says; relative addresses start from ``url``. Raises SourceError."""
    # A catalogue full of bad dates is no news for the person at the screen.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    try:
        prepared = PREPARE.get(syntax, _turtle)(body)
    except (DefusedXmlException, ParseError, ValueError, RecursionError):
        raise _unreadable(url) from None
    return _graph(prepared, syntax, url)


def of_element(root: Element, url: str) -> Graph:
    """The graph of an RDF/XML element that was read already; raises SourceError."""
    return _graph(_good(root), "xml", url)


def iri(text: str) -> str:
    """An IRI with its forbidden characters percent-encoded: it is then one for every reader."""
    return FORBIDDEN.sub(lambda c: quote(c[0]), text.strip())


def _graph(prepared: Json, syntax: str, url: str) -> Graph:
    graph = Graph(bind_namespaces="none")
    try:
        if syntax == "json-ld":
            to_rdf(prepared, graph, base=iri(url))
        else:
            graph.parse(data=prepared, format=syntax, publicID=iri(url))
    except UNREADABLE:
        raise _unreadable(url) from None
    return graph


def _unreadable(url: str) -> SourceError:
    return SourceError(f"{url[:200]} : le catalogue n'est pas du RDF lisible.")


def _xml(body: bytes) -> str:
    return _good(fromstring(body, forbid_dtd=True))


def _good(root: Element) -> str:
    """An RDF/XML element as text, with good IRIs only."""
    for element in root.iter():
        for name in ADDRESSES.intersection(element.keys()):
            element.set(name, iri(element.get(name, "")))
    return tostring(root, encoding="unicode")


def _json(body: bytes) -> Json:
    return neutral(json.loads(body), iri)


def _turtle(body: bytes) -> str:
    return IRI.sub(lambda found: f"<{iri(found[1])}>", body.decode("utf-8-sig"))


PREPARE: dict[str, Callable[[bytes], Json]] = {"xml": _xml, "json-ld": _json}
ADDRESSES = {
    f"{{http://www.w3.org/1999/02/22-rdf-syntax-ns#}}{name}"
    for name in ("about", "resource", "datatype")
}
