"""Whatever a server answers, a connector gives rows fit for the register, or one sentence."""

from __future__ import annotations

import asyncio
import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portal_bench import ROOT, SCHEMA, assert_fit
from test_sources_mutations import nodes

from observatoire import schema
from observatoire.lookups import entreprises, schemas, transport
from observatoire.model import Row, SourceError
from observatoire.sources import discover
from observatoire.sources.geonetwork import elastic, lucene, place
from observatoire.sources.kit import csw, datajson, dcat, door, iso, rdf
from observatoire.sources.kit.census import Census, Dataset
from observatoire.web import Reply, Web

T = TypeVar("T")
VERSION = re.compile(r"[0-9]{1,2}[.]")

TODAY = date(2026, 11, 23)
URL = "http://a.fr/"
ALBI = "218100048"


def counted(datasets: list[Dataset]) -> Iterator[Row]:
    """The rows of a portal that holds these datasets."""
    census = Census(TODAY, "Nous")
    for dataset in datasets:
        census.add(dataset)
    rows = list(census.rows("p"))
    ids = [d.id for d in datasets]
    assert sum(int(r["nb_jeux"]) for r in rows) == len({*ids} - {""}) + ids.count("")
    yield from rows


def gn4(document: Any) -> Iterator[Row]:
    total, census = elastic._census(document, URL, Census(TODAY, "Nous"))
    assert 0 <= total <= 10**12
    yield from census.rows("p")


def gn3(document: Any) -> Iterator[Row]:
    page = lucene._page(Reply(URL, "application/json", json.dumps(document).encode(), {}), URL)
    assert 0 <= page.total < 10**9
    yield from counted([d for i in page.items for d in lucene._record(i, TODAY).datasets()])


def data_json(document: Any) -> Iterator[Row]:
    items = datajson.datasets(document, URL)
    assert items == [i for i in document["dataset"] if isinstance(i, dict)]
    yield from counted([datajson.dataset_of(i, TODAY) for i in items])


def body(document: Any) -> Iterator[Row]:
    row = entreprises.row_of(document, ALBI, URL)
    assert ALBI in json.dumps(document) or row == {"siren": ALBI, "etat": "introuvable"}
    yield row


def named(document: Any) -> Iterator[Row]:
    rows = list(schemas.rows_of(document, URL))
    assert all(row["nom"] for row in rows)
    yield from rows


def owners(document: Any) -> Iterator[Row]:
    for (account, siren, name, owner), total in Counter(
        transport.clues(document, {"76": ALBI})
    ).items():
        assert siren == ALBI
        columns = {"identifiant": account, "nom": name, "siren": siren, "responsable": owner}
        yield {**columns, "nb_jeux": str(total)}


READERS: dict[str, tuple[str, Callable[[Any], Iterator[Row]]]] = {
    "geonetwork 4": ("moissons", gn4),
    "geonetwork 3": ("moissons", gn3),
    "data.json": ("moissons", data_json),
    "annuaire": ("reference-entreprises", body),
    "schemas": ("reference-schemas", named),
    "transport": ("reference-transport", owners),
}
"""The schema of what each gives, and how it reads a document."""

BUCKET = {
    "key": "Ville d'Albi",
    "doc_count": 3,
    **{name: {"doc_count": 2} for name in ("licences", "open_licences", "dates", "recent")},
    "revisionDateForResource": {"last": {"value_as_string": "2026-01-02T00:00:00Z"}},
}
RECORD = {
    "geonet:info": {"uuid": "a1", "isHarvested": "n"},
    "type": "dataset",
    "responsibleParty": ["owner|resource|Ville d'Albi|", "owner|metadata|b"],
    "revisionDate": "2026-01-02",
    "link": "a|b|https://a.fr/x.csv|WWW:DOWNLOAD-1.0-http--download|",
}
GOOD: dict[str, Any] = {
    "geonetwork 4": {
        "hits": {"total": {"value": 3}},
        "aggregations": {
            "org": {"buckets": [BUCKET, {**BUCKET, "key": "Agen"}], "sum_other_doc_count": 0},
            "nobody": {"doc_count": 1},
        },
        "_shards": {"failed": 0},
        "timed_out": False,
    },
    "geonetwork 3": {"summary": {"@count": "2"}, "metadata": [RECORD, {**RECORD, "id": "b"}]},
    "data.json": {
        "dataset": [
            {
                "identifier": "a",
                "publisher": {"name": "Ville d'Albi"},
                "modified": "2026-01-02",
                "license": "Licence Ouverte",
                "distribution": [{"format": "CSV"}],
            },
            {"identifier": "b", "publisher": {"name": "Agen"}},
        ]
    },
    "annuaire": {
        "total_results": 1,
        "results": [
            {
                "siren": ALBI,
                "nom_complet": "COMMUNE D'ALBI",
                "nature_juridique": "7210",
                "etat_administratif": "A",
                "siege": {"adresse": "1 PLACE", "latitude": "43.9", "code_postal": "81000"},
                "complements": {"collectivite_territoriale": {"niveau": "Commune", "code": "1"}},
            }
        ],
    },
    "schemas": {
        "schemas": [
            {
                "name": "scdl/budget",
                "title": "Budget",
                "schema_url": "https://a.fr/schema.json",
                "versions": [{"version_name": "1.0"}],
                "labels": ["Socle Commun des Données Locales"],
            },
            {"name": "b"},
        ]
    },
    "transport": {
        "publisher": {"id": "5c", "name": "Albi", "type": "organization"},
        "legal_owners": [{"siren": ALBI, "name": "Albi"}, {"insee": "76", "type": "region"}],
    },
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, 0, -1, 2.5, 10**30, 1e308, float("nan"), float("inf"), [], {}, [None], [{}]),
        *("", " ", "\u202e", "=1+1", '<b>"a"</b>', "a\nb\x00c", "é" * 9_000, "9" * 400, "|||||"),
        *("javascript:alert(1)", "http://[", "2026-99-99", "2999-01-01", "12345678900000"),
        "https://a.fr/" + "x" * 9_000,
    ]
)
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), ODD), max_size=3)


def changed(document: Any, changes: list[tuple[int, Any]]) -> Any:
    """The document with something else in some of its places."""
    document = copy.deepcopy([document])
    for number, odd in changes:
        places = nodes(document)
        holder, key = places[number % len(places)]
        holder[key] = copy.deepcopy(odd)
        document = document or [None]
    return document[0]


def outcome(read: Callable[[], T]) -> tuple[T | None, str]:
    """What is read, or the sentence that refuses it."""
    try:
        return read(), ""
    except SourceError as error:
        return None, str(error)


@pytest.mark.parametrize("reader", READERS)
@given(changes=CHANGES)
@settings(max_examples=120)
def test_any_json_gives_rows_fit_for_the_register_or_a_sentence(
    reader: str, changes: list[tuple[int, Any]]
) -> None:
    name, read = READERS[reader]
    described = schema.parse(name, (ROOT / f"schemas/{name}.json").read_bytes())
    found, refusal = outcome(lambda: tuple(read(changed(GOOD[reader], changes))))
    assert changes or found
    if found is None:
        assert refusal.startswith(f"{URL} : ")
        assert refusal.endswith(".")
        return
    rows, refusal = outcome(lambda: door.admit(found, described))
    if rows is None:
        assert name.startswith("reference-")
        assert refusal.startswith(("un publicateur n'a pas de valeur", "le publicateur « "))
        return
    assert_fit(rows, described)
    # What a portal names and counts needs no more care at the door.
    assert rows == found or name != "moissons"


@given(version=st.text("0123.é", max_size=5) | ODD, name=ODD)
def test_a_version_is_a_small_number_or_none(version: Any, name: Any) -> None:
    said = {"system/site/name": name, "system/platform/version": version}
    named = place._version(Reply(URL, "", json.dumps(said).encode(), {}))
    assert named == (int(str(version)[:2].rstrip(".")) if VERSION.match(str(version)) else 0)
    del said["system/site/name"]
    assert place._version(Reply(URL, "", json.dumps(said).encode(), {})) == 0


ABOUT = "MD_Metadata/identificationInfo/MD_DataIdentification"
PARTY = "CI_ResponsibleParty/organisationName/CharacterString"
PATHS = (
    "MD_Metadata/fileIdentifier/CharacterString",
    "MD_Metadata/hierarchyLevel/MD_ScopeCode",
    f"{ABOUT}/pointOfContact/{PARTY}",
    f"{ABOUT}/citation/CI_Citation/citedResponsibleParty/{PARTY}",
    f"{ABOUT}/citation/CI_Citation/date/CI_Date/date/Date",
    f"{ABOUT}/resourceConstraints/MD_LegalConstraints/useLimitation/Anchor",
    f"{ABOUT}/descriptiveKeywords/MD_Keywords/keyword/CharacterString",
    "MD_Metadata/distributionInfo/MD_Distribution/transferOptions/X/onLine/CI_OnlineResource/linkage",
    "Record/identifier",
    "Record/publisher",
    "Record/modified",
    "Record/type",
    "RDF/Dataset/publisher/Organization/name",
)
SAID = ["", "a", "Ville d'Albi", "dataset", "2026-01-02", "2999-01-01", "OGC:WFS", "http://["]
SAID += ['=<b>"a"</b>', "a\nb\u202e", "é" * 900]
PERSON = "Camille Exemple"
MAILBOX = f"{ABOUT}/pointOfContact/CI_ResponsibleParty/individualName/CharacterString"
TREES = st.lists(
    st.tuples(st.sampled_from(PATHS), st.integers(-2, 0), st.sampled_from(SAID)), max_size=12
)


def planted(root: str, leaves: list[tuple[str, int, str]]) -> Element:
    """A record with these texts at the ends of paths, some cut short, and a person in it."""
    record = Element(f"{{http://www.isotc211.org/2005/gmd}}{root}")
    for path, cut, text in [*leaves, (MAILBOX, 0, PERSON)]:
        names = path.split("/")[1:]
        end = record
        for name in names[: len(names) + cut] or names:
            end = SubElement(end, f"{{http://www.isotc211.org/2005/gmd}}{name}")
        end.text = text
    return record


@given(st.sampled_from(["MD_Metadata", "Record", "RDF", "Autre"]), TREES)
@settings(max_examples=150)
def test_any_record_in_xml_counts_for_organisations_only(
    root: str, leaves: list[tuple[str, int, str]]
) -> None:
    element = planted(root, leaves)
    for record in (iso.record(element, TODAY), iso.dublin_core(element, TODAY)):
        assert record.updated in {"", "2026-01-02"}
        assert PERSON not in repr(record)
    found, refusal = outcome(lambda: csw.content(element, URL, TODAY))
    if found is None:
        assert (root, refusal) == ("RDF", f"{URL} : le catalogue n'est pas du RDF lisible.")
        return
    key, datasets = found
    rows = list(counted(datasets))
    assert door.admit(rows, SCHEMA) == tuple(rows)
    assert_fit(rows, SCHEMA)
    assert bool(key) == any(d.id for d in datasets) or not datasets


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
def test_any_graph_counts_each_of_its_datasets(triples: list[tuple[str, str, str]]) -> None:
    text = PREFIXES + "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    graph = rdf.parse(text.encode(), "turtle", "http://a.fr/")
    said = {t for t in triples if t[1] in {"a", "rdf:type"} and t[2] == "dcat:Dataset"}
    datasets = list(dcat.datasets(graph, TODAY))
    assert len(datasets) == len({subject for subject, _, _ in said})
    rows = list(counted(datasets))
    assert door.admit(rows, SCHEMA) == tuple(rows)
    assert_fit(rows, SCHEMA)
    assert dcat.paging(graph).total in {0, 12}


@pytest.mark.parametrize("name", ["csw", "data-json", "dcat", "geonetwork", "isogeo"])
@pytest.mark.parametrize("url", ["http://[", "https://", "pas une adresse", "", "ftp://a.fr"])
def test_a_bad_address_in_the_register_is_told(name: str, url: str) -> None:
    async def work() -> None:
        async with Web() as web:
            rows = discover()[name].harvest({"id": "p", "nom": "P", "url": url}, web, TODAY)
            assert [r async for r in rows] == []

    with pytest.raises(SourceError, match="n'a pas d'adresse utilisable"):
        asyncio.run(work())
