"""Whatever a server answers, a connector gives figures or one sentence: never a traceback."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.lookups import entreprises, schemas, transport
from observatoire.model import SourceError
from observatoire.sources import discover
from observatoire.sources.geonetwork import elastic, lucene, place
from observatoire.sources.kit import csw, datajson, dcat, iso, rdf
from observatoire.sources.kit.census import Census
from observatoire.web import Reply, Web

TODAY = date(2026, 11, 23)
BLANK = Census(TODAY, "Nous")

WORDS = """
summary @count metadata geonet:info uuid isHarvested type responsibleParty orgName link format
keyword revisionDate hits total value aggregations org nobody buckets key doc_count
sum_other_doc_count licences open_licences formats dates recent revisionDateForResource last
value_as_string _shards failed timed_out dataset publisher name distribution license identifier
modified results total_results siren siege complements collectivite_territoriale niveau
etat_administratif schemas versions labels legal_owners id insee system/platform/version
system/site/name
"""
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**15),
    st.floats(),
    st.sampled_from(["", "4.2", "3", "2026-01-02", "a|resource|b", "218100048", "<", "é" * 600]),
)
JSON = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS.split()), inner, max_size=8)
    ),
    max_leaves=40,
)


def gn4(document: Any) -> object:
    return list(elastic._census(document, "u", BLANK)[1].rows("p"))


def gn3(document: Any) -> object:
    page = lucene._page(Reply("u", "application/json", json.dumps(document).encode(), {}), "u")
    return [d for item in page.items for d in lucene._record(item, TODAY).datasets()]


def site(document: Any) -> object:
    return place._version(Reply("u", "", json.dumps(document).encode(), {}))


def data_json(document: Any) -> object:
    return [datajson.dataset_of(item, TODAY) for item in datajson.datasets(document, "u")]


READERS: dict[str, Callable[[Any], object]] = {
    "geonetwork 4": gn4,
    "geonetwork 3": gn3,
    "site": site,
    "data.json": data_json,
    "annuaire": lambda d: entreprises.row_of(d, "218100048", "u"),
    "schemas": lambda d: list(schemas.rows_of(d, "u")),
    "transport": lambda d: list(transport.clues(d, {})),
}
COUNTED = {"total": {"value": 3}}
WRAPPED: dict[str, Callable[[Any], Any]] = {
    "geonetwork 4": lambda d: {
        "hits": COUNTED,
        "aggregations": {"org": {"buckets": [d]}, "nobody": d},
    },
    "geonetwork 3": lambda d: {"summary": {"@count": "3"}, "metadata": d},
    "site": lambda d: {"system/site/name": d, "system/platform/version": d},
    "data.json": lambda d: {"dataset": [d]},
    "annuaire": lambda d: {"total_results": 1, "results": [{"siege": d, "siren": "218100048"}, d]},
    "schemas": lambda d: {"schemas": [d]},
    "transport": lambda d: {"publisher": {"id": "a"}, "legal_owners": d},
}
"""What surrounds a document, so that its inside is read."""


@pytest.mark.parametrize("reader", READERS)
@given(document=JSON)
@settings(max_examples=60)
def test_any_json_is_read_or_refused(reader: str, document: Any) -> None:
    with contextlib.suppress(SourceError):
        READERS[reader](document)
    with contextlib.suppress(SourceError):
        READERS[reader](WRAPPED[reader](document))


TAGS = """
MD_Metadata fileIdentifier CharacterString Anchor hierarchyLevel MD_ScopeCode Record RDF
identificationInfo MD_DataIdentification pointOfContact CI_ResponsibleParty organisationName
citation CI_Citation date CI_Date resourceConstraints MD_LegalConstraints useLimitation
distributionInfo MD_Distribution transferOptions onLine CI_OnlineResource linkage protocol
identifier publisher modified type
"""
TREES = st.recursive(
    st.tuples(
        st.sampled_from(TAGS.split()),
        st.sampled_from(["", "a", "2026-01-02", "OGC:WFS", "http://["]),
    ),
    lambda inner: st.tuples(st.sampled_from(TAGS.split()), st.lists(inner, max_size=5)),
    max_leaves=30,
)


def tree(shape: Any, parent: Element) -> Element:
    name, inside = shape
    element = SubElement(parent, f"{{http://www.isotc211.org/2005/gmd}}{name}")
    if isinstance(inside, str):
        element.text = inside
    else:
        for one in inside:
            tree(one, element)
    return element


@given(TREES)
@settings(max_examples=100)
def test_any_record_in_xml_is_read(shape: Any) -> None:
    element = tree(shape, Element("r"))
    iso.record(element, TODAY)
    iso.dublin_core(element, TODAY)
    with contextlib.suppress(SourceError):
        csw.content(element, "http://a.fr/", TODAY)


TERMS = """
a rdf:type dcat:Dataset dcat:Catalog dct:publisher dct:license dcat:distribution dct:format
dct:modified foaf:name vcard:fn hydra:next hydra:totalItems org:memberOf dcat:contactPoint
"""
PREFIXES = (
    "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> ."
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> ."
    "@prefix vcard: <http://www.w3.org/2006/vcard/ns#> ."
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    "@prefix hydra: <http://www.w3.org/ns/hydra/core#> .\n"
)
NODES = st.sampled_from(["<x>", "<y>", "_:b", "_:c", '"texte"', '"2026-01-02"@fr', "12", "true"])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["<x>", "<y>", "_:b", "_:c"]),
            st.sampled_from(TERMS.split()),
            NODES | st.sampled_from(["dcat:Dataset", "dcat:Catalog"]),
        ),
        max_size=15,
    )
)
@settings(max_examples=100)
def test_any_graph_is_read(triples: list[tuple[str, str, str]]) -> None:
    text = PREFIXES + "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    graph = rdf.parse(text.encode(), "turtle", "http://a.fr/")
    census = Census(TODAY)
    for dataset in dcat.datasets(graph, TODAY):
        census.add(dataset)
    assert dcat.paging(graph).total in {0, 12}
    list(census.rows("p"))


@pytest.mark.parametrize("name", ["csw", "data-json", "dcat", "geonetwork", "isogeo"])
@pytest.mark.parametrize("url", ["http://[", "https://", "pas une adresse", "", "ftp://a.fr"])
def test_a_bad_address_in_the_register_is_told(name: str, url: str) -> None:
    async def work() -> None:
        async with Web() as web:
            rows = discover()[name].harvest({"id": "p", "nom": "P", "url": url}, web, TODAY)
            assert [r async for r in rows] == []

    with pytest.raises(SourceError, match="n'a pas d'adresse utilisable"):
        asyncio.run(work())
