"""DKAN: lists inside lists, dates in words, and data.json when the API is missing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from portal_bench import BREST, OWN, RENNES, harvest

from observatoire.demo import faces
from observatoire.demo.accounts import Account, Dataset
from observatoire.demo.dkan import Dkan
from observatoire.demo.faces import Answer, Fault
from observatoire.model import SourceError
from observatoire.sources import dkan
from observatoire.sources.dkan import packages

LIST = "current_package_list_with_resources"


def test_the_packages_give_each_figure() -> None:
    brest, rennes = harvest(dkan, Dkan([RENNES, BREST]))
    assert rennes == {**OWN, "url": "https://data.exemple.fr/group/ville-de-rennes"}
    assert brest["derniere_mise_a_jour"] == "2021-12-31"


def test_data_json_names_publishers_in_the_same_way() -> None:
    face = Dkan([BREST])
    [by_api] = harvest(dkan, face)
    [by_document] = harvest(dkan, Dkan([BREST], api=False))
    assert by_document == {**by_api, "url": "https://data.exemple.fr/search/type/dataset"}


@pytest.mark.parametrize("fault", [faces.status(500, LIST), faces.html(LIST), faces.cut(LIST)])
def test_an_api_that_fails_leaves_data_json(fault: Fault) -> None:
    assert [r["nb_jeux"] for r in harvest(dkan, Dkan([BREST]), fault)] == ["2"]


def test_a_private_portal_is_not_asked_again() -> None:
    with pytest.raises(SourceError, match="portail privé : un compte est nécessaire"):
        harvest(dkan, Dkan([BREST]), faces.status(403, LIST))


def test_when_nothing_answers_both_causes_are_told() -> None:
    with pytest.raises(
        SourceError, match=r"ni l.API ni data\.json ne répondent : .* ; .*data\.json"
    ):
        harvest(dkan, Dkan([BREST]), faces.status(500))


def test_many_packages_come_by_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LIMIT", 2)
    many = Account("m", "m", "Montpellier", datasets=(Dataset(),) * 5)
    [row] = harvest(dkan, Dkan([many]))
    assert row["nb_jeux"] == "5"


def listed(result: Any) -> Fault:
    body = json.dumps({"success": True, "result": result}).encode()
    return Fault(lambda *_: Answer(200, body), LIST)


ONE = {"id": "a", "groups": [{"title": "Ville de A", "name": "group/ville-a?x=<"}]}
TWO = {"id": "b", "organization": {"title": "Ville de B"}, "groups": []}


def test_a_list_may_be_flat_and_a_group_may_be_an_organisation() -> None:
    a, b = harvest(dkan, Dkan([]), listed([ONE, TWO]))
    assert (a["identifiant"], b["identifiant"]) == ("Ville de A", "Ville de B")
    assert a["url"] == "https://data.exemple.fr/group/ville-a%3Fx%3D%3C"


@pytest.mark.parametrize("result", [{"a": 1}, [3], [[3]], None])
def test_another_shape_leaves_data_json(result: Any) -> None:
    assert len(harvest(dkan, Dkan([BREST]), listed(result))) == 1


def test_a_server_that_repeats_a_page_leaves_data_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LIMIT", 2)
    [row] = harvest(dkan, Dkan([BREST]), listed([ONE, TWO]))
    assert row["identifiant"] == "Brest Métropole"


def test_a_server_that_gives_all_at_once_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "LIMIT", 1)
    assert len(harvest(dkan, Dkan([]), listed([ONE, TWO]))) == 2


@pytest.mark.parametrize("document", [[], {"dataset": {}}, {"success": True}])
def test_another_document_is_an_error(document: Any) -> None:
    other = Fault(lambda *_: Answer(200, json.dumps(document).encode()), "/data.json")
    with pytest.raises(SourceError, match=r"pas la forme d.un catalogue data\.json"):
        harvest(dkan, Dkan([BREST], api=False), other)
