"""Which platforms are harvested, by which connector, and each portal once."""

from __future__ import annotations

from pathlib import Path

from observatoire.files import Folder
from observatoire.harvest import targets, twins
from observatoire.register import Register

PLATFORMS = [
    {"id": "dg", "techno": "udata", "statut": "active", "url": "https://a.fr", "url_api": ""},
    {"id": "old", "techno": "udata", "statut": "inactive", "url": "https://b.fr", "url_api": ""},
    {"id": "spip", "techno": "spip", "statut": "active", "url": "https://c.fr", "url_api": ""},
]


def test_platforms_go_to_the_connector_of_their_technology() -> None:
    assert [t.platform["id"] for t in targets(PLATFORMS)] == ["dg"]
    assert [t.platform["id"] for t in targets(PLATFORMS, only=["old"])] == ["old"]
    assert targets(PLATFORMS, only=["spip"]) == []
    assert targets(PLATFORMS, sources=["autre"]) == []


def test_an_address_can_be_replaced() -> None:
    [target] = targets(PLATFORMS, bases={"dg": "http://127.0.0.1:1"})
    assert target.platform["url_api"] == "http://127.0.0.1:1"
    assert target.platform["url"] == "https://a.fr"


LINES = [
    {"id": "b", "techno": "ckan", "url": "https://www.data.fr/", "statut": "active"},
    {"id": "a", "techno": "ckan", "url": "http://DATA.fr#", "statut": "active"},
    {"id": "c", "techno": "ckan", "url": "https://data.fr/ckan", "statut": "active"},
    {"id": "d", "techno": "opendatasoft", "url": "https://data.fr", "statut": "active"},
    {"id": "e", "techno": "ckan", "url": "", "statut": "active"},
    {"id": "f", "techno": "ckan", "url": "", "statut": "active"},
]


def test_a_portal_that_stands_twice_in_the_register_is_harvested_once() -> None:
    assert twins(targets(LINES)) == {"b": "a"}
    assert twins(targets(reversed(LINES))) == {"b": "a"}
    national = [{**line, "perimetre": "national"} if line["id"] == "b" else line for line in LINES]
    assert twins(targets(national)) == {"a": "b"}
    assert twins(targets(LINES, bases={"a": "http://127.0.0.1:1"})) == {}
    one = "http://127.0.0.1:1"
    assert twins(targets(LINES, bases={"a": one, "b": one})) == {}


def test_the_register_harvests_each_portal_once(root: Path) -> None:
    platforms = Register(Folder(root)).table("plateformes").records()
    assert twins(targets(platforms)) == {"sncf-transilien": "sncf"}
