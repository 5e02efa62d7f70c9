"""Whatever a server answers, a connector gives rows fit for the register, or one sentence."""

from __future__ import annotations

import asyncio
import copy
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hostile_bench import TODAY, URL, counted, outcome
from hypothesis import given, settings
from hypothesis import strategies as st
from portal_bench import ROOT, assert_fit
from test_sources_mutations import nodes

from observatoire import schema
from observatoire.lookups import entreprises, schemas, transport
from observatoire.model import Row, SourceError
from observatoire.sources import discover
from observatoire.sources.geonetwork import elastic, lucene, place
from observatoire.sources.kit import datajson, door
from observatoire.sources.kit.census import Census
from observatoire.web import Reply, Web

VERSION = re.compile(r"[0-9]{1,2}[.]")

ALBI = "218100048"


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


@pytest.mark.parametrize("name", ["csw", "data-json", "dcat", "geonetwork", "isogeo"])
@pytest.mark.parametrize("url", ["http://[", "https://", "pas une adresse", "", "ftp://a.fr"])
def test_a_bad_address_in_the_register_is_told(name: str, url: str) -> None:
    async def work() -> None:
        async with Web() as web:
            rows = discover()[name].harvest({"id": "p", "nom": "P", "url": url}, web, TODAY)
            assert [r async for r in rows] == []

    with pytest.raises(SourceError, match="n'a pas d'adresse utilisable"):
        asyncio.run(work())
