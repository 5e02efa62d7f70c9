"""The simulated Hub answers as the real one, with its window and its trap."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.arcgis import FEED, ITEMS, ArcgisHub
from observatoire.demo.faces import Ask

CONTENT = [
    account("Ville d'Évian", nb_jeux=14),
    Account("x", "evian", "", datasets=(Dataset(formats=("xlsx",), licence="notspecified"),)),
]


def got(face: ArcgisHub, path: str = ITEMS, **query: str) -> Any:
    return json.loads(face.answer(Ask("http://p", path, query)).body)


def test_items_are_numbered_from_one() -> None:
    page = got(ArcgisHub(CONTENT), limit="10", startindex="11")
    assert (page["numberMatched"], page["numberReturned"], len(page["features"])) == (15, 5, 5)
    first = got(ArcgisHub(CONTENT), limit="1")["features"]
    assert first == got(ArcgisHub(CONTENT), limit="1", startindex="1")["features"]


def test_dates_are_in_milliseconds_and_licences_in_html() -> None:
    [one] = got(ArcgisHub(CONTENT), limit="1")["features"]
    assert one["properties"]["modified"] == 1_654_075_613_000
    assert one["properties"]["licenseInfo"].startswith("<DIV")
    last = got(ArcgisHub(CONTENT), startindex="15")["features"][0]["properties"]
    assert (last["type"], last["licenseInfo"], last["source"]) == ("Microsoft Excel", None, None)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"startindex": "0"}, 400),
        ({"limit": "x"}, 400),
        ({"limit": "100", "startindex": "9901"}, 500),
        ({"limit": "100", "startindex": "9900"}, 200),
    ],
)
def test_the_window_cannot_be_passed(query: dict[str, str], status: int) -> None:
    assert ArcgisHub(CONTENT).answer(Ask("http://p", ITEMS, query)).status == status


def test_the_feed_has_an_entry_for_each_layer() -> None:
    entries = got(ArcgisHub(CONTENT), FEED)["dataset"]
    assert len(entries) == 30
    assert {e["identifier"][-11:] for e in entries} == {"&sublayer=0", "&sublayer=1"}
    assert entries[-1]["publisher"]["name"] == "evian_sig"


def test_a_hub_without_scope_shows_the_world_and_clamps_its_number() -> None:
    page = got(ArcgisHub(worldwide=True), limit="100")
    assert page["numberMatched"] == 10_000
    assert len({f["properties"]["orgId"] for f in page["features"]}) == 100


def test_a_hub_presents_itself_and_knows_nothing_else() -> None:
    assert "conformsTo" in got(ArcgisHub(CONTENT), "/api/search/v1")
    assert ArcgisHub(CONTENT).answer(Ask("http://p", "/data.json")).status == 404
