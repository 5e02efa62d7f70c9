"""JSON-LD without its remote contexts: an address named by a document is never fetched.

A context that is given by its address is replaced by the usual words of a data catalogue: those of
https://www.w3.org/ns/dcat.jsonld and of https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld
that matter here.
"""

from __future__ import annotations

from collections.abc import Callable

from observatoire.web import Json

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
WORDS = {
    "dcat": (
        "Catalog CatalogRecord Dataset DataService Distribution accessURL dataset distribution"
        " downloadURL keyword landingPage mediaType theme"
    ),
    "dct": (
        "accessRights conformsTo creator description format identifier issued license modified"
        " publisher rights title type"
    ),
    "foaf": "Agent Organization homepage name",
    "hydra": "Collection PartialCollectionView PagedCollection next nextPage totalItems view",
    "vcard": "fn",
}
LOCAL: dict[str, Json] = {
    **PREFIXES,
    **{word: f"{prefix}:{word}" for prefix, words in WORDS.items() for word in words.split()},
}


def neutral(document: Json, iri: Callable[[str], str]) -> Json:
    """The document without an address to fetch; its ids are made good by ``iri``."""
    if isinstance(document, list):
        return [neutral(item, iri) for item in document]
    if not isinstance(document, dict):
        return document
    out = {}
    for key, value in document.items():
        if key == "@context":
            out[key] = _context(value, iri)
        elif key == "@id" and isinstance(value, str):
            out[key] = iri(value)
        elif key != "@import":
            out[key] = neutral(value, iri)
    return out


def _context(value: Json, iri: Callable[[str], str]) -> Json:
    """A context with the local words in the place of each address."""
    if isinstance(value, list):
        return [_context(item, iri) for item in value]
    return LOCAL if isinstance(value, str) else neutral(value, iri)
