"""Datasets of a graph in DCAT, DCAT-AP or GeoDCAT-AP, as catalogues really write them.

https://www.w3.org/TR/vocab-dcat-3/ ; publishers may be blank nodes, texts, or addresses that hold
the only name there is (GeoNetwork); texts come in several languages, dates may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

from rdflib import RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, PROV, SKOS
from rdflib.term import Node

from observatoire.sources.kit.census import Dataset
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared
from observatoire.sources.kit.text import day, siren_of, tidy

HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
NAMES = (FOAF.name, VCARD.fn, VCARD["organization-name"], SKOS.prefLabel, RDFS.label, DCTERMS.title)
ORGANISATION_NAME = VCARD["organisation-name"]
"""As GeoNetwork 4 spells it."""

LICENCES = (DCTERMS.license, DCTERMS.rights, DCTERMS.accessRights)
FORMATS = (DCTERMS["format"], DCAT.mediaType)
ABOUT = (DCTERMS.conformsTo, DCAT.keyword, DCTERMS.identifier)
MODIFIED = (DCTERMS.modified, URIRef("http://purl.org/dc/terms/updated"))
"""The second is a word that GeoNetwork made up."""

ISSUED = (DCTERMS.issued, DCTERMS.created)
ROLES = ("publisher", "owner", "originator", "author", "custodian", "pointOfContact")

BIGGEST_NUMBER = 10
"""Digits; a larger count of datasets is no count."""

FRENCH = ("fr", "fre", "fra")
MEDIA_TYPES = ("iana.org/assignments/media-types/", "/authority/file-type/")
"""Addresses that end with a media type or with a code of the European list of file types."""

ORGANISATION = re.compile(r"/srv/.*/organizations/([^/]+)\Z")
"""GeoNetwork 3 gives an organisation an address that ends with its name, and forgets the name."""


def datasets(graph: Graph, today: date) -> Iterator[Dataset]:
    """Every dataset of the graph, in the order of their ids."""
    default = _publishers(graph, _of_type(graph, DCAT.Catalog))
    nodes = {_key(graph, node): node for node in _of_type(graph, DCAT.Dataset)}
    for key, node in sorted(nodes.items()):
        own = _publishers(graph, [node])
        publisher, siren = next(iter(own or default), ("", ""))
        yield replace(_dataset(graph, node, today), publisher=publisher, siren=siren, id=key)


def _dataset(graph: Graph, node: Node, today: date) -> Dataset:
    parts = [node, *graph.objects(node, DCAT.distribution)]
    licences = [t for p in parts for o in _values(graph, p, LICENCES) for t in _texts(graph, o)]
    formats = [
        _format(t) for p in parts[1:] for o in _values(graph, p, FORMATS) for t in _texts(graph, o)
    ]
    about = [t for p in parts for o in _values(graph, p, ABOUT) for t in _texts(graph, o)]
    return Dataset(
        publisher="",
        open_licence=is_open(*licences) if licences else None,
        open_format=any_open(formats) if formats else None,
        schema=declared(about),
        updated=_updated(graph, parts, today),
    )


def _of_type(graph: Graph, kind: URIRef) -> list[Node]:
    return list(graph.subjects(RDF.type, kind))


def _key(graph: Graph, node: Node) -> str:
    """The address of a dataset, or its identifier when it has none."""
    if isinstance(node, URIRef):
        return str(node)
    found = sorted(map(str, graph.objects(node, DCTERMS.identifier)))
    return found[0] if found else str(node)


def _publishers(graph: Graph, nodes: Iterable[Node]) -> list[tuple[str, str]]:
    """The name and SIREN of each organisation named as publisher, else in the nearest role."""
    for node in nodes:
        ways = (
            graph.objects(node, DCTERMS.publisher),
            *_attributed(graph, node),
            _contacts(graph, node),
        )
        for agents in ways:
            found = {(name, _siren(graph, a)) for a in agents if (name := _name(graph, a))}
            if found:
                return sorted(found)
    return []


def _attributed(graph: Graph, node: Node) -> Iterator[list[Node]]:
    """The agents that GeoDCAT-AP gives a role of ISO 19115, role by role."""
    agents: dict[str, list[Node]] = {}
    for one in graph.objects(node, PROV.qualifiedAttribution):
        for role in _values(graph, one, (DCTERMS.type, DCAT.hadRole)):
            agents.setdefault(str(role).rpartition("/")[2], []).extend(
                graph.objects(one, PROV.agent)
            )
    yield from (agents[role] for role in ROLES if role in agents)


def _contacts(graph: Graph, node: Node) -> Iterator[Node]:
    """The organisations to write to, which stand for ISO 19115's points of contact.

    The contact itself may bear a person's name: only what is called an organisation's is read.
    """
    for contact in graph.objects(node, DCAT.contactPoint):
        for place in (contact, *graph.objects(contact, VCARD.org)):
            yield from _values(graph, place, (VCARD["organization-name"], ORGANISATION_NAME))


def _name(graph: Graph, agent: Node) -> str:
    """The name of an organisation; that of the person's organisation, never the person's."""
    if isinstance(agent, Literal):
        return tidy(str(agent))
    employers = [a for a in graph.objects(agent, ORG.memberOf) if not isinstance(a, Literal)]
    if employers:
        return min(filter(None, (_label(graph, a) for a in employers)), default="")
    people = (FOAF.Person, VCARD.Individual)
    if any((agent, RDF.type, kind) in graph for kind in people):
        return ""
    return _label(graph, agent)


def _label(graph: Graph, agent: Node) -> str:
    for kind in NAMES:
        names = [n for n in graph.objects(agent, kind) if isinstance(n, Literal)]
        ranked = sorted(names, key=lambda n: ((n.language or "") not in FRENCH, str(n)))
        if ranked:
            return tidy(str(ranked[0]))
    named = ORGANISATION.search(str(agent))
    return tidy(unquote(named[1])) if named else ""


def _siren(graph: Graph, agent: Node) -> str:
    """The SIREN or SIRET that an organisation gives as its identifier."""
    found = {siren_of(str(i)) for i in graph.objects(agent, DCTERMS.identifier)} - {""}
    return found.pop() if len(found) == 1 else ""


def _values(graph: Graph, node: Node, kinds: Iterable[URIRef]) -> Iterator[Node]:
    for kind in kinds:
        yield from graph.objects(node, kind)


def _texts(graph: Graph, value: Node) -> Iterator[str]:
    """What a value says: a text, an address, the labels of what stands there."""
    if isinstance(value, Literal | URIRef):
        yield str(value)
    if not isinstance(value, Literal):
        for kind in (RDFS.label, SKOS.prefLabel, DCTERMS.title, RDF.value):
            yield from (str(o) for o in graph.objects(value, kind) if isinstance(o, Literal))


def _format(text: str) -> str:
    """The name of a format: the end of an address in a list of formats."""
    for place in MEDIA_TYPES:
        _, mark, last = text.partition(place)
        if mark:
            return last
    return text


def _updated(graph: Graph, parts: Iterable[Node], today: date) -> str:
    """The last day that the dataset or one of its files says it was modified, or made."""
    for kinds in (MODIFIED, ISSUED):
        days = [day(str(o), today) for p in parts for o in _values(graph, p, kinds)]
        if any(days):
            return max(days)
    return ""


class Paging(NamedTuple):
    """Where the next page of a catalogue is ("" on the last one), and how many items it has."""

    next: str
    total: int


def paging(graph: Graph) -> Paging:
    """What the catalogue says of its pages, in either vocabulary of Hydra.

    https://www.hydra-cg.com/spec/latest/core/ ; addresses and numbers may be given as texts.
    """
    following = sorted(str(o) for _, _, o in _all(graph, (HYDRA.next, HYDRA.nextPage)))
    totals = [str(o) for _, _, o in _all(graph, (HYDRA.totalItems,))]
    counts = [int(t) for t in totals if t.isascii() and t.isdecimal() and len(t) < BIGGEST_NUMBER]
    return Paging(following[0] if following else "", max(counts, default=0))


def is_catalogue(graph: Graph) -> bool:
    """Whether the graph describes a catalogue, even an empty one."""
    kinds = (DCAT.Catalog, DCAT.Dataset)
    return any((None, RDF.type, kind) in graph for kind in kinds)


def _all(graph: Graph, kinds: Iterable[URIRef]) -> Iterator[tuple[Node, Node, Node]]:
    for kind in kinds:
        yield from graph.triples((None, kind, None))
