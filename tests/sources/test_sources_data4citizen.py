"""Data4Citizen: CKAN's shape under its own address; a 200 may say no."""

from __future__ import annotations

import asyncio

import pytest
from portal_bench import BREST, OWN, RENNES, harvest, read

from observatoire.demo import faces, list_faults
from observatoire.demo.data4citizen import Data4Citizen
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import data4citizen

PAGE = "https://data.exemple.fr/portail?fq=organization:(ville-de-rennes)"


def test_the_search_gives_each_figure() -> None:
    _, rennes = harvest(data4citizen, Data4Citizen([RENNES, BREST]))
    assert rennes == {**OWN, "identifiant": "ville-de-rennes", "url": PAGE}


@pytest.mark.parametrize("path", ["", "/data4citizen", "/data4citizen/d4c/api"])
def test_the_software_is_found_under_its_other_address(path: str) -> None:
    face = Data4Citizen([RENNES], prefix="/data4citizen")
    [row] = harvest(data4citizen, face, path=path)
    assert row["nb_jeux"] == "3"


def test_its_pages_stand_beside_it() -> None:
    face = Data4Citizen([RENNES], prefix="/data4citizen")
    [row] = harvest(data4citizen, face)
    assert row["url"] == PAGE.replace(".fr/", ".fr/data4citizen/")


@pytest.mark.parametrize("path", ["/d4c", "/d4c/api"])
def test_the_address_may_be_that_of_the_api(path: str) -> None:
    assert len(harvest(data4citizen, Data4Citizen([RENNES]), path=path)) == 1


@pytest.mark.parametrize(
    ("face", "faults", "cause"),
    [
        (Data4Citizen([RENNES], failing=True), [], r"qu'il a échoué \(« Solr is down »\)"),
        (Data4Citizen([RENNES]), [list_faults.growing()], "elle change pendant sa lecture"),
        (Data4Citizen([RENNES]), [list_faults.emptied()], "4 éléments, 0 sont venus"),
        (Data4Citizen([RENNES]), [faces.html()], "n'est pas sous Data4Citizen"),
        (Data4Citizen([RENNES]), [faces.status(500)], "le serveur est en panne"),
        (Data4Citizen([RENNES]), [faces.truncated()], "n'est pas du JSON lisible"),
    ],
)
def test_a_search_that_fails_gives_no_row(
    face: Data4Citizen, faults: list[Fault], cause: str
) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(data4citizen, face, *faults)


def test_a_private_portal_is_asked_once() -> None:
    portal = Portal(Data4Citizen([RENNES]), faults=[faces.status(401)])
    with Simulator(portal), pytest.raises(SourceError, match="portail privé"):
        asyncio.run(read(data4citizen, portal))
    assert len(portal.asked) == 1
