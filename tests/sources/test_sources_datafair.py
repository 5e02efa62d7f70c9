"""Data Fair: page by page, by owner, by producer, or by the portal's holder."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from portal_bench import BREST, RENNES, WHOLE, harvest, read

from observatoire.demo import faces, list_faults
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.datafair import DataFair
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import datafair

NAMELESS = Account("x", "x", "", datasets=(Dataset(formats=()), Dataset(formats=("pdf",))))


def test_the_catalogue_gives_each_figure() -> None:
    [rennes] = harvest(datafair, DataFair([RENNES]))
    assert rennes == {**WHOLE, "identifiant": "o-rennes", "url": "https://data.exemple.fr/datasets"}


def test_without_owners_a_dataset_is_its_producers_or_the_holders() -> None:
    face = DataFair([RENNES, NAMELESS], owners=False)
    rows = harvest(datafair, face, nom="Grand Poitiers")
    assert [(r["identifiant"], r["nb_jeux"]) for r in rows] == [
        ("Grand Poitiers", "2"),
        ("Ville de Rennes", "4"),
    ]
    assert rows[0]["nb_format_ouvert"] == "0"


@pytest.mark.parametrize("path", ["", "/data-fair", "/data-fair/api/v1"])
def test_the_address_may_be_that_of_the_api(path: str) -> None:
    assert len(harvest(datafair, DataFair([BREST]), path=path)) == 1


def test_a_long_list_is_read_to_its_end_politely() -> None:
    portal = Portal(DataFair([account("A", nb_jeux=250)]))
    with Simulator(portal):
        [row] = asyncio.run(read(datafair, portal))
    assert row["nb_jeux"] == "250"
    assert [a.query["page"] for a in portal.asked] == ["1", "2", "3"]
    assert {a.query["sort"] for a in portal.asked} == {"id:1"}


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (list_faults.growing(), "elle change pendant sa lecture"),
        (list_faults.repeated(), "la même page revient sans cesse"),
        (list_faults.emptied(), "150 éléments, 0 sont venus"),
        (faces.html(), "n'est pas sous Data Fair"),
        (faces.status(404), "portail déménagé, ou qui n'est pas sous Data Fair"),
        (faces.status(401), "portail privé"),
        (faces.cut(), "interrompue"),
    ],
)
def test_a_list_that_is_not_whole_gives_no_row(fault: Fault, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(datafair, DataFair([account("A", nb_jeux=150)]), fault)


def test_a_list_beyond_the_servers_window_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafair, "WINDOW", 200)
    with pytest.raises(SourceError, match="dépasse 200 jeux"):
        harvest(datafair, DataFair([account("A", nb_jeux=250)]))


@pytest.mark.parametrize("answer", [[], {"count": "1", "results": []}, {"count": 1, "results": 3}])
def test_another_shape_is_an_error(answer: Any) -> None:
    other = Fault(lambda *_: Answer(200, json.dumps(answer).encode()))
    with pytest.raises(SourceError, match="n'a pas la forme d'un catalogue Data Fair"):
        harvest(datafair, DataFair([]), other)


def test_what_a_dataset_does_not_say_is_unknown() -> None:
    body = json.dumps({"count": 1, "results": [{"id": "a", "license": None, "owner": None}]})
    [row] = harvest(datafair, DataFair([]), Fault(lambda *_: Answer(200, body.encode())))
    assert (row["identifiant"], row["nb_licence_ouverte"]) == ("Portail", "0")
    assert (row["nb_format_ouvert"], row["nb_schema"], row["nb_recents"]) == ("", "", "")
