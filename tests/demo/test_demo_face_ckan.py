"""The simulated CKAN family answers as the real ones: CKAN, Data4Citizen, DKAN."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.ckan import Ckan
from observatoire.demo.data4citizen import Data4Citizen
from observatoire.demo.dkan import Dkan, in_words
from observatoire.demo.faces import Answer, Ask

ACTION = "/api/3/action/"
CONTENT = [
    account("Ville d'Albi", nb_jeux=4),
    account("Copie", nb_jeux=1, like=Dataset(harvested="autre.fr", schema="scdl/x")),
    Account("x", "x", "", datasets=(Dataset(),)),
]


def ask(face: Any, path: str, **query: str) -> Answer:
    answer = face.answer(Ask("http://p", path, query))
    assert isinstance(answer, Answer)
    return answer


def result(face: Any, path: str, **query: str) -> Any:
    answer = json.loads(ask(face, path, **query).body)
    assert answer["success"] is True
    return answer["result"]


def test_a_search_comes_by_pages_that_the_server_clamps() -> None:
    face = Ckan(CONTENT, rows_max=3)
    page = result(face, f"{ACTION}package_search", rows="1000", start="3")
    assert (page["count"], len(page["results"])) == (6, 3)
    assert len(result(face, f"{ACTION}package_search", rows="0")["results"]) == 0


def test_showcases_are_found_unless_datasets_are_asked_for() -> None:
    face = Ckan(CONTENT, showcases=2)
    every = result(face, f"{ACTION}package_search")
    assert every["count"] == 8
    assert sum(p["type"] == "showcase" for p in every["results"]) == 2
    assert result(face, f"{ACTION}package_search", fq="dataset_type:dataset")["count"] == 6


def test_facets_count_by_organisation() -> None:
    query = {"rows": "0", "facet.field": '["organization"]'}
    facets = result(Ckan(CONTENT), f"{ACTION}package_search", **query)["search_facets"]
    items = {i["name"]: (i["display_name"], i["count"]) for i in facets["organization"]["items"]}
    assert items == {"ville-d-albi": ("Ville d'Albi", 4), "copie": ("Copie", 1)}


def test_organisations_come_by_names_or_by_pages_of_25() -> None:
    face = Ckan([account(f"Commune {i:02}", nb_jeux=1) for i in range(30)])
    assert len(result(face, f"{ACTION}organization_list")) == 30
    first = result(face, f"{ACTION}organization_list", all_fields="true")
    rest = result(face, f"{ACTION}organization_list", all_fields="true", offset="25")
    assert (len(first), len(rest)) == (25, 5)
    assert first[0]["package_count"] == 1


def test_a_copy_says_where_it_comes_from_and_a_schema_is_named() -> None:
    found = result(Ckan(CONTENT), f"{ACTION}package_search")["results"]
    extras = {e["key"]: e["value"] for p in found for e in p["extras"]}
    assert extras["harvest_source_title"] == "autre.fr"
    assert extras["schema"] == "https://schema.data.gouv.fr/scdl/x/latest.html"
    assert [p["organization"] for p in found].count(None) == 1


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        (f"{ACTION}package_search", {"rows": "x"}, 409),
        (f"{ACTION}package_search", {"start": "-1"}, 409),
        (f"{ACTION}inconnue", {}, 400),
        ("/data/api/3/action/package_search", {}, 404),
        (f"{ACTION}status_show", {}, 200),
    ],
)
def test_errors_are_those_of_ckan(path: str, query: dict[str, str], status: int) -> None:
    assert ask(Ckan(CONTENT), path, **query).status == status


def test_a_portal_under_a_path_and_one_that_blocks_posts() -> None:
    assert ask(Ckan([], prefix="/data"), "/data/api/3/action/package_search").status == 200
    asked = Ask("http://p", f"{ACTION}package_search", method="POST")
    assert Ckan([]).answer(asked).status == 403


@pytest.mark.parametrize(
    ("path", "query"), [("start=4&rows=1000", {}), ("", {"start": "4", "rows": "1000"})]
)
def test_data4citizen_reads_its_query_in_the_path_too(path: str, query: dict[str, str]) -> None:
    face = Data4Citizen(CONTENT, prefix="/data4citizen")
    found = result(face, f"/data4citizen/d4c/api/datasets/2.0/search/{path}", **query)
    assert (found["count"], len(found["results"])) == (6, 2)
    assert found["all_organizations"][0]["name"] == "ville-d-albi"


def test_data4citizen_may_say_no_with_a_200_and_has_no_explore() -> None:
    path = "/d4c/api/datasets/2.0/search/"
    refusal = ask(Data4Citizen([], failing=True), path)
    assert (refusal.status, json.loads(refusal.body)["success"]) == (200, False)
    assert ask(Data4Citizen([]), "/api/explore/v2.1/catalog/datasets").status == 404


def test_dkan_puts_its_list_inside_another_and_its_dates_in_words() -> None:
    path = f"{ACTION}current_package_list_with_resources"
    [packages] = result(Dkan(CONTENT), path, limit="2", offset="4")
    assert len(packages) == 2
    assert packages[0]["metadata_modified"] == "mer, 01/06/2022 - 03:00"
    assert packages[0]["groups"][0]["name"] == "group/copie"
    assert packages[1]["groups"] == []


def test_dkan_shows_one_package_as_a_list() -> None:
    ids = result(Dkan(CONTENT), f"{ACTION}package_list")
    assert [p["id"] for p in result(Dkan(CONTENT), f"{ACTION}package_show", id=ids[2])] == ids[2:3]
    assert ask(Dkan(CONTENT), f"{ACTION}status_show").status == 404


def test_dkan_always_has_its_document() -> None:
    face = Dkan(CONTENT, api=False)
    assert ask(face, f"{ACTION}package_list").status == 404
    document = json.loads(ask(face, "/data.json").body)
    assert [d["publisher"]["name"] for d in document["dataset"]].count("Ville d'Albi") == 4


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2019-12-19", "jeu, 19/12/2019 - 03:00"),
        ("", ""),
        ("2022-01-02", "dim, 02/01/2022 - 03:00"),
    ],
)
def test_a_day_in_words(day: str, words: str) -> None:
    assert in_words(day) == words
