"""Two addresses of one site are one platform; a hosted name is somebody's own."""

from __future__ import annotations

import pytest

from observatoire.detection.candidates import Candidate, lacking, of_harvesters, of_index
from observatoire.detection.known import domain, place


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://data.rennes.fr/explore/?x=1", "http://www.data.rennes.fr"),
        ("https://DATA.rennes.fr", "https://data.rennes.fr:443/"),
        ("https://www.data.gouv.fr/organizations/a/", "https://data.gouv.fr/organizations/a"),
    ],
)
def test_two_addresses_of_one_site_have_one_place(one: str, other: str) -> None:
    assert place(one) == place(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://open.isogeo.com/s/a/1", "https://open.isogeo.com/s/b/2"),
        ("https://a.opendatasoft.com", "https://b.opendatasoft.com"),
        ("https://data.rennes.fr", "https://sig.rennes.fr"),
    ],
)
def test_two_sites_have_two_places(one: str, other: str) -> None:
    assert place(one) != place(other)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://data.rennes.fr/x", "rennes.fr"),
        ("https://rennes.fr", "rennes.fr"),
        ("https://rennes.opendatasoft.com", "rennes.opendatasoft.com"),
        ("https://adresse.data.gouv.fr", "adresse.data.gouv.fr"),
        ("localhost", ""),
        ("", ""),
        ("http://[", ""),
    ],
)
def test_the_domain_is_what_somebody_rents(url: str, expected: str) -> None:
    assert domain(url) == expected


def platform(id: str, url: str, api: str = "") -> dict[str, str]:
    return {"id": id, "url": url, "url_api": api}


def candidate(url: str, nom: str = "Portail") -> Candidate:
    return Candidate(nom, url, "ckan", "Ville", "index")


REGISTER = [
    platform("rennes", "https://data.rennes.fr"),
    platform("lyon", "https://data.lyon.fr", "https://api.lyon.fr/v1"),
    platform("sans-adresse", ""),
]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.data.rennes.fr/accueil",
        "https://api.lyon.fr",
        "https://www.data.gouv.fr/organizations/x/",
        "",
        "pas une adresse",
        "http://[",
    ],
)
def test_what_the_register_has_is_no_candidate(url: str) -> None:
    assert lacking([candidate(url)], REGISTER) == []


def test_a_neighbour_is_named() -> None:
    [(found, near)] = lacking([candidate("https://sig.rennes.fr")], REGISTER)
    assert (found.url, near) == ("https://sig.rennes.fr", ("rennes",))


def test_a_site_that_comes_twice_counts_once_under_its_shortest_address() -> None:
    found = lacking([candidate("https://b.fr/carte/x"), candidate("https://b.fr")], REGISTER)
    assert [(c.url, near) for c, near in found] == [("https://b.fr", ())]


def test_the_index_is_read_with_its_own_words() -> None:
    row = {
        "name": 'Le "portail" <b>',
        "link": " https://a.fr ",
        "software": "arcgishub",
        "owner_name": "Ville d'A",
        "subregion": "FR-BRE",
    }
    [found] = of_index([row])
    assert found == Candidate(
        "Le « portail » ‹b›", "https://a.fr", "arcgis-hub", "Ville d'A", "Common Data Index", "53"
    )
    [other] = of_index([{**row, "subregion": "FR-35"}])
    assert (other.region, other.departement) == ("", "35")


@pytest.mark.parametrize(
    ("url", "backend", "techno"),
    [
        ("https://a.fr/api/explore/v2.1/catalog/exports/dcat", "dcat", "opendatasoft"),
        ("https://a.fr/geonetwork/srv/fre/csw", "csw-iso-19139", "geonetwork"),
        ("https://a.fr/csw", "csw-dcat", "csw"),
        ("https://a.fr/api/feed/dcat-ap/2.0.1.json", "dcat", "arcgis-hub"),
        ("https://a.fr/", "ckan", "ckan"),
        ("https://a.fr/catalog.ttl", "dcat", "dcat"),
    ],
)
def test_a_harvester_betrays_its_technology(url: str, backend: str, techno: str) -> None:
    row = {"name": "A", "url": url, "organization": "A", "backend": backend}
    [found] = of_harvesters([{**row, "validation": "accepted"}])
    assert found.techno == techno
    assert of_harvesters([{**row, "validation": "refused"}]) == []
