"""The face of a catalogue in DCAT: RDF/XML, Turtle or JSON-LD, in pages linked by Hydra.

DcatPortal([account("Ville d'Albi", nb_jeux=30)], size=10)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from observatoire.demo.accounts import Account, Entry
from observatoire.demo.answers import LICENCES, schema_address, visible, whole
from observatoire.demo.contacts import MAILBOX, PERSON
from observatoire.demo.faces import Answer, Ask

if TYPE_CHECKING:
    from rdflib import URIRef
    from rdflib.term import Node

SYNTAXES = {
    "/catalog.xml": ("xml", "application/rdf+xml"),
    "/catalog.rdf": ("xml", "application/rdf+xml"),
    "/catalog.ttl": ("turtle", "text/turtle; charset=utf-8"),
    "/catalog.jsonld": ("json-ld", "application/ld+json"),
}
SITE = "https://catalogue.exemple.fr"
CONTEXT = "https://www.w3.org/ns/dcat.jsonld"
"""An address that must never be fetched."""


@dataclass
class DcatPortal:
    """Answers with what its accounts publish; ``places`` are the documents that it has."""

    accounts: Sequence[Account]
    size: int = 100
    places: Sequence[str] = tuple(SYNTAXES)

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset of the catalogue."""
        return list(visible(self.accounts))

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        number = whole(ask, "page", 1)
        if ask.path not in self.places or not number or number < 1:
            return Answer(404, b"Not found", "text/plain")
        syntax, kind = SYNTAXES[ask.path]
        shown = self.entries[(number - 1) * self.size : number * self.size]
        more = number * self.size < len(self.entries)
        following = f"{ask.base}{ask.path}?page={number + 1}" if more else ""
        return Answer(200, write(shown, len(self.entries), following, syntax), kind)


def write(entries: Sequence[Entry], total: int, following: str, syntax: str) -> bytes:
    """One page of a catalogue, in a syntax of rdflib."""
    # rdflib is slow to load: only for a portal that speaks RDF.
    from rdflib import RDF, Graph, Literal, Namespace, URIRef
    from rdflib.namespace import DCAT

    hydra = Namespace("http://www.w3.org/ns/hydra/core#")
    graph = Graph()
    catalogue = URIRef(f"{SITE}/catalogue")
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, hydra.totalItems, Literal(total)))
    if following:
        view = URIRef(f"{following}#vue")
        graph.add((view, RDF.type, hydra.PartialCollectionView))
        graph.add((view, hydra.next, URIRef(following)))
    for entry in entries:
        for fact in _facts(entry):
            graph.add(fact)
    text = graph.serialize(format=syntax)
    if syntax == "json-ld":
        text = json.dumps({"@context": CONTEXT, "@graph": json.loads(text)})
    return text.encode()


def _facts(entry: Entry) -> Iterator[tuple[Node, URIRef, Node]]:
    from rdflib import RDF, BNode, Literal, Namespace, URIRef
    from rdflib.namespace import DCAT, DCTERMS, FOAF

    vcard = Namespace("http://www.w3.org/2006/vcard/ns#")
    one, account = entry.dataset, entry.account
    # Named nodes: the same catalogue is the same bytes, as behind a portal's ETag.
    node = URIRef(f"{SITE}/jeux/{entry.id}")
    agent, contact = BNode(f"a{entry.id}"), BNode(f"c{entry.id}")
    schema = schema_address(one)
    yield node, RDF.type, DCAT.Dataset
    yield node, DCTERMS.title, Literal(one.title, lang="fr")
    yield node, DCTERMS.license, Literal(LICENCES.get(one.licence, "License Not Specified"))
    yield node, DCAT.contactPoint, contact
    yield contact, vcard.fn, Literal(PERSON)
    yield contact, vcard.hasEmail, URIRef(f"mailto:{MAILBOX}")
    if one.updated:
        yield node, DCTERMS.modified, Literal(one.updated)
    if schema:
        yield node, DCTERMS.conformsTo, URIRef(schema)
    if account.name:
        yield node, DCTERMS.publisher, agent
        yield agent, RDF.type, FOAF.Organization
        yield agent, FOAF.name, Literal(account.name)
    if account.siret:
        yield agent, DCTERMS.identifier, Literal(account.siret)
    for number, name in enumerate(one.formats):
        file = BNode(f"f{number}x{entry.id}")
        yield node, DCAT.distribution, file
        yield file, DCTERMS["format"], Literal(name)
