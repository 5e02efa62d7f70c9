"""Where a portal's API and pages stand, whatever address the register has."""

from __future__ import annotations

import pytest

from observatoire.model import SourceError
from observatoire.sources.kit import address


def platform(url: str = "", url_api: str = "") -> dict[str, str]:
    return {"id": "p", "url": url, "url_api": url_api}


@pytest.mark.parametrize(
    ("url", "url_api", "expected"),
    [
        ("https://data.fr", "", "https://data.fr"),
        ("https://data.fr/pages/accueil/", "", "https://data.fr"),
        ("https://data.fr/explore/?sort=modified&refine.publisher=A", "", "https://data.fr"),
        ("https://data.fr", "https://api.fr:8443/api/explore/v2.1", "https://api.fr:8443"),
    ],
)
def test_a_portal_at_the_root_of_its_host(url: str, url_api: str, expected: str) -> None:
    assert address.site(platform(url, url_api)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://data.fr/", "https://data.fr"),
        ("https://geo.fr/ckan", "https://geo.fr/ckan"),
        ("https://geo.fr/ckan/?q=x#y", "https://geo.fr/ckan"),
        ("https://data.fr/data/api/3/action/package_search", "https://data.fr/data"),
        ("https://data.fr/data/api/3/", "https://data.fr/data"),
        ("https://data.fr/data/api", "https://data.fr/data"),
        ("https://data.fr/apiculture", "https://data.fr/apiculture"),
    ],
)
def test_a_portal_that_may_stand_under_a_path(url: str, expected: str) -> None:
    assert address.folder(platform(url)) == expected
    assert address.folder(platform("https://autre.fr", url)) == expected


@pytest.mark.parametrize(
    ("url", "url_api", "expected"),
    [
        ("https://data.fr", "https://data.fr/data/api/3", "https://data.fr/data"),
        ("https://data.fr", "http://127.0.0.1:8000/api/3", "https://data.fr"),
        ("https://www.datasud.fr", "https://trouver.datasud.fr", "https://trouver.datasud.fr"),
        ("https://geo.fr/ckan", "", "https://geo.fr/ckan"),
        ("", "https://api.fr/data", "https://api.fr/data"),
    ],
)
def test_pages_are_those_that_people_open(url: str, url_api: str, expected: str) -> None:
    assert address.pages(platform(url, url_api)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.opendata56.fr/explore/", "https://www.opendata56.fr"),
        ("https://data.fr", "https://data.fr"),
        ("http://127.0.0.1:8000/x", "http://127.0.0.1:8000"),
    ],
)
def test_a_link_to_a_hosted_portal_is_never_in_clear(url: str, expected: str) -> None:
    assert address.front(platform(url)) == expected


@pytest.mark.parametrize("url", ["", "data.fr", "ftp://data.fr", "http://[", "javascript:alert(1)"])
def test_an_address_that_is_none_says_what_to_fill(url: str) -> None:
    for find in (address.site, address.folder, address.pages, address.front):
        with pytest.raises(SourceError, match="« p » n'a pas d'adresse utilisable"):
            find(platform(url))


def test_a_part_of_an_address_cannot_escape_from_it() -> None:
    assert address.part("a/../b?c#d&e=é") == "a%2F..%2Fb%3Fc%23d%26e%3D%C3%A9"
    assert address.part("x\ud800y") == "xy"
