"""The simulated GeoNetwork answers as each version does, and its index refuses nonsense."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatoire.demo.accounts import Dataset, account
from observatoire.demo.contacts import MAILBOX
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.geonetwork import PROOF, GeoNetwork
from observatoire.demo.tiny_elastic import Unknown, search

ALBI = [account("Albi", nb_jeux=3), account("Agen", nb_jeux=1, like=Dataset(harvested="a.fr"))]
SEARCH = "/geonetwork/srv/api/search/records/_search"
COUNT: dict[str, Any] = {
    "query": {"bool": {}},
    "aggs": {"org": {"terms": {"field": "OrgForResourceObject.default", "size": 1}}},
}


def post(face: GeoNetwork, question: object, **headers: str) -> Answer:
    body = json.dumps(question).encode()
    return face.answer(Ask("http://p", SEARCH, {}, headers, "POST", body))


def test_version_4_describes_itself_and_counts() -> None:
    face = GeoNetwork(ALBI)
    site = json.loads(face.answer(Ask("", "/geonetwork/srv/api/site")).body)
    assert site["system/platform/version"] == "4.4.5"
    found = json.loads(post(face, COUNT).body)
    assert found["hits"]["total"]["value"] == 5
    assert found["aggregations"]["org"]["buckets"] == [{"key": "Albi", "doc_count": 3}]
    assert found["aggregations"]["org"]["sum_other_doc_count"] == 2


def test_a_guarded_index_wants_its_token_back() -> None:
    face = GeoNetwork(ALBI, guarded=True)
    given = face.answer(Ask("", "/geonetwork/srv/api/site")).headers["Set-Cookie"]
    assert PROOF in given
    assert post(face, COUNT).status == 403
    cookie = given.partition(";")[0]
    assert post(face, COUNT, **{"x-xsrf-token": PROOF, "cookie": cookie}).status == 200


def test_version_3_gives_pages_and_one_record_alone() -> None:
    face = GeoNetwork(ALBI, "3.12.4", services=0)

    def page(**query: str) -> Any:
        return json.loads(face.answer(Ask("", "/geonetwork/srv/fre/q", query)).body)

    assert page()["summary"]["@count"] == "4"
    own = {"_isHarvested": "n"}
    assert page(**own)["summary"]["@count"] == "3"
    assert isinstance(page(**own, **{"from": "1", "to": "2"})["metadata"], list)
    alone = page(**own, **{"from": "3", "to": "3"})["metadata"]
    assert MAILBOX in str(alone["responsibleParty"])
    assert "metadata" not in page(**own, **{"from": "4", "to": "9"})


@pytest.mark.parametrize(("version", "status"), [("4.4.5", 404), ("3.12.4", 200), ("", 404)])
def test_each_version_has_its_own_addresses(version: str, status: int) -> None:
    face = GeoNetwork(ALBI, version)
    assert face.answer(Ask("", "/geonetwork/srv/fre/q")).status == status
    asked = {"service": "CSW", "request": "GetCapabilities"}
    assert face.answer(Ask("", "/geonetwork/srv/fre/csw", asked)).status == 200
    assert face.answer(Ask("", "/srv/fre/csw", asked)).status == 404


DOCUMENTS = [
    {"a": ["x"], "b.default": ["Licence Ouverte 2.0"], "d": ["2026-01-01"]},
    {"a": ["y", "z"], "d": ["2020-01-01"]},
]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"term": {"a": "x"}}, 1),
        ({"terms": {"a": ["x", "z"]}}, 2),
        ({"prefix": {"a": "z"}}, 1),
        ({"exists": {"field": "b"}}, 1),
        ({"range": {"d": {"gte": "2026-01-01", "lte": "2026-12-31"}}}, 1),
        ({"regexp": {"a": {"value": "~(x|y)"}}}, 1),
        ({"regexp": {"a": {"value": "x|y"}}}, 2),
        ({"wildcard": {"a": {"value": "?"}}}, 2),
        ({"multi_match": {"query": "licence ouverte", "fields": ["b.*"]}}, 1),
        ({"multi_match": {"query": "ouverte licence", "fields": ["b.*"]}}, 0),
        ({"bool": {"should": [{"term": {"a": "x"}}], "must_not": [{"term": {"a": "x"}}]}}, 0),
        ({"bool": {"should": []}}, 2),
    ],
)
def test_a_question_finds_what_it_asks_for(query: dict[str, Any], number: int) -> None:
    found = search({"query": query, "aggs": {}}, DOCUMENTS)
    assert found["hits"]["total"]["value"] == number


@pytest.mark.parametrize(
    "question",
    [
        {"query": {"match_all": {}}, "aggs": {}},
        {"query": {"bool": {"must": []}}, "aggs": {}},
        {"query": {"bool": {}}, "aggs": {"x": {"cardinality": {"field": "a"}}}},
    ],
)
def test_a_question_that_it_does_not_know_is_refused(question: dict[str, Any]) -> None:
    with pytest.raises(Unknown):
        search(question, DOCUMENTS)
    assert post(GeoNetwork(ALBI), question).status == 400
