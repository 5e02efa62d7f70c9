"""CKAN: every package by GET, whole or not at all; copies and showcases aside."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from portal_bench import BREST, OWN, RENNES, harvest, read

from observatoire.demo import faces, list_faults
from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.ckan import Ckan
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import ckan

SEARCH = "package_search"
NAMELESS = Account("x", "x", "", datasets=(Dataset(),) * 2)


def test_the_packages_give_each_figure() -> None:
    rows = harvest(ckan, Ckan([RENNES, BREST, NAMELESS], showcases=3))
    assert [r["identifiant"] for r in rows] == ["brest-metropole", "ville-de-rennes"]
    assert rows[1] == {
        **OWN,
        "identifiant": "ville-de-rennes",
        "url": "https://data.exemple.fr/organization/ville-de-rennes",
    }


@pytest.mark.parametrize("path", ["", "/", "/api/3", "/api/3/action/"])
def test_the_address_may_be_that_of_the_api(path: str) -> None:
    assert len(harvest(ckan, Ckan([BREST]), path=path)) == 1


def test_a_portal_may_stand_under_a_path() -> None:
    face = Ckan([BREST], prefix="/data")
    [row] = harvest(ckan, face, path="/data/api/3/action", url="https://data.exemple.fr/data/")
    assert row["url"] == "https://data.exemple.fr/data/organization/brest-metropole"


def test_a_portal_that_gives_less_than_asked_is_read_whole() -> None:
    portal = Portal(Ckan([RENNES, BREST], rows_max=2))
    with Simulator(portal):
        rows = list(asyncio.run(read(ckan, portal)))
    assert [r["nb_jeux"] for r in rows] == ["2", "3"]
    assert [a.query["start"] for a in portal.asked[1:]] == ["0", "2", "4"]
    assert {a.method for a in portal.asked} == {"GET"}
    # By default CKAN sorts by what moves while pages are read, and names fifty organisations.
    assert {a.query["sort"] for a in portal.asked[1:]} == {"name asc"}
    assert portal.asked[0].query["facet.limit"] == "-1"


def test_on_its_holders_own_portal_harvested_packages_are_its_own() -> None:
    [row] = harvest(ckan, Ckan([RENNES]), gouvernance="dedie")
    assert row["nb_jeux"] == "4"


def test_a_list_that_moves_is_read_again_once() -> None:
    [row] = harvest(ckan, Ckan([RENNES]), list_faults.growing(SEARCH, times=2))
    assert row["nb_jeux"] == "3"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (list_faults.growing(SEARCH), "elle change pendant sa lecture"),
        (list_faults.emptied(SEARCH), "la liste annonce 6 éléments, 0 sont venus"),
        (list_faults.repeated(SEARCH), "la même page revient sans cesse"),
        (faces.html(SEARCH), "portail privé, déménagé, ou qui n'est pas sous CKAN"),
        (faces.status(404), "portail déménagé, ou qui n'est pas sous CKAN"),
        (faces.status(409), "le serveur refuse la requête"),
        (faces.status(403), "portail privé"),
        (faces.truncated(SEARCH), "n'est pas du JSON lisible"),
    ],
)
def test_a_list_that_is_not_whole_gives_no_row(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(ckan, Ckan([RENNES, BREST], rows_max=2), fault)


@pytest.mark.parametrize("more", [1, -1])
def test_a_count_by_organisation_that_does_not_hold_is_an_error(more: int) -> None:
    def spoil(_: Any, answer: Answer) -> Answer:
        page = json.loads(answer.body)
        for item in page["result"]["search_facets"].get("organization", {}).get("items", ()):
            item["count"] += more
        return Answer(200, json.dumps(page).encode())

    with pytest.raises(SourceError, match=f"« brest-metropole » annonce {2 + more} jeux, 2 sont"):
        harvest(ckan, Ckan([BREST]), Fault(spoil, SEARCH))


FAILED = {"success": False, "error": {"message": "Not found", "__type": "Not Found Error"}}


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (FAILED, "le portail répond qu'il a échoué « Not found »|échoué \\(« Not found »\\)"),
        ({"success": False, "error": None}, r"échoué\.$"),
        ({"success": True}, "n'a pas la forme d'une réponse de CKAN"),
        ([], "n'a pas la forme d'une réponse de CKAN"),
        ({"result": []}, "n'a pas la forme d'une recherche"),
        ({"result": {"count": "3", "results": []}}, "n'a pas la forme d'une recherche"),
        ({"result": {"count": True, "results": []}}, "n'a pas la forme d'une recherche"),
        ({"result": {"count": 3, "results": {}}}, "n'a pas la forme d'une recherche"),
    ],
)
def test_a_200_that_says_no_is_an_error(answer: Any, cause: str) -> None:
    other = Fault(lambda *_: Answer(200, json.dumps(answer).encode()), SEARCH)
    with pytest.raises(SourceError, match=cause):
        harvest(ckan, Ckan([]), other)


def searched(*packages: Any) -> Fault:
    result = {"count": len(packages), "results": packages, "search_facets": {}}
    body = json.dumps({"success": True, "result": result}).encode()
    return Fault(lambda *_: Answer(200, body), SEARCH)


def package(**cells: Any) -> dict[str, Any]:
    return {"id": "a", "organization": {"name": "ville-a"}, **cells}


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        ({"metadata_modified": "2022-05-01T08:11:00.123456"}, "2022-05-01"),
        (
            {
                "metadata_modified": "2022-05-01T08:11:00",
                "resources": [{"created": "2021-01-01T00:00:00", "last_modified": None}],
            },
            "2022-05-01",
        ),
        (
            {
                "metadata_modified": "2022-05-01T08:11:00",
                "resources": [
                    {"created": "2021-06-01T00:00:00", "last_modified": "2021-03-01T00:00:00"}
                ],
            },
            "2021-06-01",
        ),
        ({"metadata_modified": None}, ""),
    ],
)
def test_the_last_update_is_that_of_the_files_when_they_moved(
    cells: dict[str, Any], day: str
) -> None:
    [row] = harvest(ckan, Ckan([]), searched(package(**cells)))
    assert row["derniere_mise_a_jour"] == day


@pytest.mark.parametrize(
    "cells",
    [
        {"type": "showcase"},
        {"type": "harvest"},
        {"state": "deleted"},
        {"extras": [{"key": "harvest_source_id", "value": "x"}]},
        {"extras": [{"key": "harvest_source_title", "value": "Autre portail"}]},
        {"extras": [{"key": "harvest_object_id", "value": "x"}]},
        {"organization": None},
    ],
)
def test_what_is_no_dataset_of_the_portal_does_not_count(cells: dict[str, Any]) -> None:
    good = package(id="b", title={"fr": "Titre"}, tags=None, resources=None, extras=[3])
    [row] = harvest(ckan, Ckan([]), searched(good, package(**cells)))
    assert (row["identifiant"], row["nom"], row["nb_jeux"]) == ("ville-a", "ville-a", "1")
