"""What a detection says against a line of the register, and the line it proposes for a new site."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire import schema
from observatoire.detection import Verdict
from observatoire.detection.compare import remarks
from observatoire.detection.entry import entry, mint

ROOT = Path(__file__).parents[2]
SCHEMA = schema.parse("plateformes", (ROOT / "schemas/plateformes.json").read_bytes())
WORDS = {"ckan": "CKAN", "geonetwork": "GeoNetwork", "prodige": "Prodige"}
URL = "https://data.rennes.fr"


def said(techno: str, verdict: Verdict) -> list[str]:
    return list(remarks({"id": "rennes", "url": URL, "techno": techno}, verdict, WORDS))


def seen(techno: str, final: str = URL) -> Verdict:
    return Verdict(URL, techno, "https://api.rennes.fr", "preuve", final)


@pytest.mark.parametrize(
    ("techno", "verdict", "expected"),
    [
        ("ckan", seen("ckan"), []),
        ("ckan", seen("ckan", "http://www.data.rennes.fr/accueil"), []),
        ("prodige", seen("geonetwork"), []),
        ("specifique", seen("data-json"), []),
        ("specifique", seen(""), []),
        ("spip", seen(""), []),
        ("ckan", seen("geonetwork"), ["technologie : GeoNetwork au lieu de CKAN"]),
        ("", seen("ckan"), ["technologie : CKAN au lieu de rien"]),
        ("ckan", seen(""), ["technologie non reconnue (au registre : CKAN)"]),
        ("ckan", seen("ckan", "https://new.fr/a"), ["redirige vers https://new.fr/a"]),
        ("ckan", Verdict(URL, cause="en panne."), ["ne répond pas : en panne."]),
    ],
)
def test_a_remark_says_what_differs_from_the_register(
    techno: str, verdict: Verdict, expected: list[str]
) -> None:
    assert said(techno, verdict) == expected


def test_a_new_site_gets_a_line_that_the_schema_takes() -> None:
    verdict = seen("geonetwork", "https://geo.rennes.fr/accueil")
    row = entry(verdict, SCHEMA, {"geo-rennes"}, "Géo Rennes")
    assert row == {
        "id": "geo-rennes-2",
        "nom": "Géo Rennes",
        "url": "https://geo.rennes.fr",
        "type": "geoportail",
        "techno": "geonetwork",
        "url_api": "https://api.rennes.fr",
        "perimetre": "territorial",
        "statut": "active",
    }


def test_a_software_that_the_register_has_no_word_for_is_specific() -> None:
    assert entry(seen("wordpress"), SCHEMA, ())["techno"] == "specifique"


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Rennes Métropole", "rennes-metropole"),
        ("L'Œil & la donnée (2)", "l-oeil-la-donnee-2"),
        ("Cœur d'Essonne", "coeur-d-essonne"),
        ("日本", "plateforme"),
        ("a" * 100, "a" * 60),
    ],
)
def test_an_identifier_is_minted_from_a_name(name: str, id: str) -> None:
    assert mint(name, ()) == id
    assert mint(name, {id}) == f"{id}-2"
