"""ArcGIS Hub: the search API, the feed without it, and the trap of a Hub without a scope."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from portal_bench import BREST, RENNES, WHOLE, harvest, read

from observatoire.demo import faces, list_faults
from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.arcgis import ArcgisHub
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import arcgis

SEARCH, FEED = "/collections/dataset/items", "/api/feed/"


def test_the_search_gives_each_figure() -> None:
    _, rennes = harvest(arcgis, ArcgisHub([RENNES, BREST]))
    assert rennes == {
        **WHOLE,
        "url": "https://data.exemple.fr/search?collection=Dataset&source=Ville%20de%20Rennes",
    }


@pytest.mark.parametrize(
    "fault",
    [
        faces.status(500, SEARCH),
        faces.html(SEARCH),
        faces.truncated(SEARCH),
        faces.status(404, SEARCH),
    ],
)
def test_the_feed_gives_the_same_when_the_search_fails(fault: Fault) -> None:
    face = ArcgisHub([RENNES, BREST])
    assert harvest(arcgis, face, fault) == harvest(arcgis, face)


def test_an_item_without_a_source_is_its_accounts() -> None:
    face = ArcgisHub([Account("o", "evian", "", datasets=(Dataset(),))])
    [by_search] = harvest(arcgis, face)
    assert by_search["identifiant"] == "evian_sig"
    assert harvest(arcgis, face, faces.status(500, SEARCH)) == [by_search]


def test_a_long_list_is_read_from_its_first_item_to_its_last() -> None:
    portal = Portal(ArcgisHub([account("A", nb_jeux=205)]))
    with Simulator(portal):
        [row] = asyncio.run(read(arcgis, portal))
    assert row["nb_jeux"] == "205"
    assert [a.query["startindex"] for a in portal.asked] == ["1", "101", "201"]


def test_the_last_page_stays_within_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    portal = Portal(ArcgisHub([account("A", nb_jeux=240)]))
    for module in ("observatoire.sources.arcgis.search", "observatoire.demo.arcgis"):
        monkeypatch.setattr(f"{module}.WINDOW", 250)
    with Simulator(portal):
        asyncio.run(read(arcgis, portal))
    assert [a.query["limit"] for a in portal.asked] == ["100", "100", "49"]


def test_a_hub_without_scope_is_refused_at_its_first_page() -> None:
    portal = Portal(ArcgisHub(worldwide=True))
    with (
        Simulator(portal),
        pytest.raises(SourceError, match="10000 jeux ou plus : ce Hub n'a pas de périmètre"),
    ):
        asyncio.run(read(arcgis, portal))
    assert len(portal.asked) == 1


def test_a_hub_that_shows_everyones_items_is_refused_whatever_it_announces() -> None:
    cause = "100 jeux de 100 organisations différentes : ce Hub n'a pas de périmètre"
    with pytest.raises(SourceError, match=cause):
        harvest(arcgis, ArcgisHub(worldwide=True, shown=240))
    with pytest.raises(SourceError, match="20 jeux de 20 organisations"):
        harvest(arcgis, ArcgisHub([account(f"Ville {i}", nb_jeux=1) for i in range(20)]))


def test_a_shared_hub_has_many_organisations_with_many_items() -> None:
    shared = ArcgisHub([account(f"Commune {i}", nb_jeux=9) for i in range(12)])
    assert len(harvest(arcgis, shared)) == 12


@pytest.mark.parametrize(
    ("faults", "cause"),
    [
        ([list_faults.growing(SEARCH), faces.status(502, FEED)], "elle change pendant sa lecture"),
        ([list_faults.repeated(SEARCH), faces.cut(FEED)], "la même page revient sans cesse"),
        ([list_faults.emptied(SEARCH), faces.html(FEED)], "150 éléments, 0 sont venus"),
        ([faces.status(401)], "portail privé : un compte est nécessaire"),
        ([faces.status(404)], "portail déménagé, ou qui n'est pas sous ArcGIS Hub"),
        ([faces.html()], "n'est pas sous ArcGIS Hub"),
    ],
)
def test_a_hub_that_does_not_answer_gives_no_row(faults: list[Fault], cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        harvest(arcgis, ArcgisHub([account("A", nb_jeux=150)]), *faults)


def fed(*entries: Any) -> list[Fault]:
    """The feed says this, and the search does not answer."""
    feed = json.dumps({"dataset": entries}).encode()
    return [Fault(lambda *_: Answer(200, feed), FEED), faces.status(500, SEARCH)]


def test_a_feed_of_the_whole_world_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("observatoire.sources.arcgis.scope.WINDOW", 3)
    entries = [{"identifier": str(i), "publisher": {"name": "Évian"}} for i in range(3)]
    assert len(harvest(arcgis, ArcgisHub([]), *fed(*entries[:2]))) == 1
    with pytest.raises(SourceError, match="3 jeux ou plus : ce Hub n'a pas de périmètre"):
        harvest(arcgis, ArcgisHub([]), *fed(*entries))


def test_the_layers_of_an_item_are_one_dataset() -> None:
    item = f"https://www.arcgis.com/home/item.html?id={'a' * 32}"
    entry = {"publisher": {"name": "Évian"}, "license": ""}
    [row] = harvest(
        arcgis,
        ArcgisHub([]),
        *fed(
            {**entry, "identifier": f"{item}&sublayer=0", "modified": "2022-05-01"},
            {
                **entry,
                "identifier": f"{item}&sublayer=1",
                "modified": "2022-06-01",
                "distribution": [{"format": "GeoJSON"}],
            },
            {**entry, "identifier": f"{item}&sublayer=2", "modified": "2022-04-01"},
        ),
    )
    assert (row["nb_jeux"], row["nb_format_ouvert"]) == ("1", "1")
    assert row["derniere_mise_a_jour"] == "2022-06-01"


def test_an_empty_hub_is_an_error() -> None:
    with pytest.raises(SourceError, match="aucun jeu de données"):
        harvest(arcgis, ArcgisHub([]), faces.status(500, FEED))


def found(*items: Any, total: Any = None) -> Fault:
    page = {"features": items, "numberMatched": len(items) if total is None else total}
    return Fault(lambda *_: Answer(200, json.dumps(page).encode()), SEARCH)


def test_everything_but_an_id_may_be_null() -> None:
    names = ("title", "source", "license", "licenseInfo", "modified", "created", "tags", "type")
    properties = {**dict.fromkeys(names), "id": "a", "owner": "compte"}
    [row] = harvest(arcgis, ArcgisHub(), found({"id": "a", "properties": properties}))
    assert {k for k, v in row.items() if v} == {
        *("plateforme", "identifiant", "nom", "nb_jeux", "nb_licence_ouverte", "url", "statut")
    }


@pytest.mark.parametrize("total", ["3", True, -1, 3.5])
def test_another_shape_is_an_error(total: Any) -> None:
    with pytest.raises(SourceError, match="n'a pas la forme d'une recherche d'ArcGIS Hub"):
        harvest(arcgis, ArcgisHub(), found(total=total), faces.status(500, FEED))
