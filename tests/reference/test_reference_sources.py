"""The two sources of the division of France give the same values; what they lack is said."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from observatoire.model import SourceError
from observatoire.reference import decoupage, geoapi
from observatoire.reference.source import Commune, Former, Groupement, Territory

RENNES = {"code": "35238", "siren": "213502388", "nom": "Rennes", "population": 230_890}
PACKAGE: dict[str, list[dict[str, Any]]] = {
    "communes": [
        RENNES | {"type": "commune-actuelle", "departement": "35", "region": "53"},
        {
            "code": "98735",
            "nom": "Papeete",
            "type": "commune-actuelle",
            "departement": "987",
            "region": "987",
        },
        {"code": "69381", "nom": "Lyon 1er", "type": "arrondissement-municipal"},
        {
            "code": "01015",
            "nom": "Arbignieu",
            "type": "commune-deleguee",
            "chefLieu": "01015",
            "departement": "01",
        },
        {
            "code": "01120",
            "nom": "Cordieux",
            "type": "commune-associee",
            "chefLieu": "01262",
            "departement": "01",
        },
    ],
    "epci": [
        {
            "code": "243500139",
            "nom": "Rennes Métropole",
            "type": "METRO",
            "membres": [{"code": "35238"}],
            "populationMunicipale": 470_000,
        },
        {"code": "200046977", "nom": "Métropole de Lyon", "type": "MET69", "membres": []},
    ],
    "departements": [
        {"code": "35", "nom": "Ille-et-Vilaine", "region": "53", "zone": "metro"},
        {"code": "974", "nom": "La Réunion", "region": "04", "zone": "drom"},
    ],
    "regions": [
        {"code": "53", "nom": "Bretagne", "zone": "metro"},
        {"code": "04", "nom": "La Réunion", "zone": "drom"},
    ],
}
EPT = [{"code": "200057867", "nom": "Plaine Commune", "type": "EPT", "membres": []}]


def package(folder: Path, **files: object) -> Path:
    data = folder / "package" / "data"
    data.mkdir(parents=True)
    for name, content in {**PACKAGE, **files}.items():
        (data / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder / "package"


def test_only_the_communes_of_today_are_communes(tmp_path: Path) -> None:
    division = decoupage.read(package(tmp_path))
    assert division.communes == [
        Commune("35238", "213502388", "Rennes", "35", "53", 230_890),
        Commune("98735", "", "Papeete", "987", "987", None),
    ]
    assert division.formers == [
        Former("01015", "Arbignieu", "01", "01015"),
        Former("01120", "Cordieux", "01", "01262"),
    ]


def test_both_kinds_of_metropole_are_met(tmp_path: Path) -> None:
    division = decoupage.read(package(tmp_path))
    assert division.groupements == [
        Groupement("243500139", "Rennes Métropole", "MET", ["35238"], 470_000),
        Groupement("200046977", "Métropole de Lyon", "MET", []),
    ]


def test_territories_have_a_region_and_a_zone(tmp_path: Path) -> None:
    division = decoupage.read(package(tmp_path))
    assert division.departements[1] == Territory("974", "La Réunion", "04", "drom")
    assert division.regions[1] == Territory("04", "La Réunion", "04", "drom")


def test_the_ept_of_the_package_are_read_where_it_has_them(tmp_path: Path) -> None:
    folder = package(tmp_path, ept=EPT)
    last = decoupage.read(folder / "data").groupements[-1]
    assert last == Groupement("200057867", "Plaine Commune", "EPT", [])


def test_another_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"n'est pas le paquet .* il y manque communes.json"):
        decoupage.read(tmp_path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"{", "n'est pas du JSON lisible"),
        (b"\xff", "n'est pas du JSON lisible"),
        (b'{"code": 1}', "n'est pas une liste d'objets JSON"),
        (b"[1]", "n'est pas une liste d'objets JSON"),
        (b'[{"code": "35"}]', "n'a pas la propriété 'nom'"),
    ],
)
def test_a_file_in_another_format_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    folder = package(tmp_path)
    (folder / "data" / "departements.json").write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        decoupage.read(folder)


def test_an_ept_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"ept\.json » n'existe pas"):
        decoupage.read_ept(tmp_path / "ept.json")


API: dict[str, list[dict[str, Any]]] = {
    "communes": [
        RENNES | {"codeEpci": "243500139", "codeDepartement": "35", "codeRegion": "53"},
        {"code": "98735", "nom": "Papeete", "codeDepartement": "987", "codeRegion": "987"},
    ],
    "epcis": [
        {
            "code": "243500139",
            "nom": "Rennes Métropole",
            "type": "METRO",
            "population": 470_000,
        },
        {"code": "200046977", "nom": "Métropole de Lyon", "type": "MET69"},
    ],
    "departements": [
        {"code": "35", "nom": "Ille-et-Vilaine", "codeRegion": "53"},
        {"code": "974", "nom": "La Réunion", "codeRegion": "04", "zone": "drom"},
    ],
    "regions": [{"code": "53", "nom": "Bretagne"}, {"code": "04", "nom": "La Réunion"}],
    "anciennes": [
        {"code": "01015", "nom": "Arbignieu", "chefLieu": "01015", "codeDepartement": "01"},
        {"code": "01120", "nom": "Cordieux", "chefLieu": "01262", "codeDepartement": "01"},
    ],
}


def test_the_api_gives_the_same_division_as_the_package(tmp_path: Path) -> None:
    assert geoapi.division(API) == decoupage.read(package(tmp_path))


@pytest.mark.parametrize(
    ("level", "code", "zone"),
    [
        ("departements", "01", "metro"),
        ("departements", "2A", "metro"),
        ("departements", "976", "drom"),
        ("departements", "988", "com"),
        ("regions", "01", "drom"),
        ("regions", "93", "metro"),
        ("regions", "975", "com"),
    ],
)
def test_the_zone_that_the_api_leaves_out_comes_from_the_code(
    level: str, code: str, zone: str
) -> None:
    place = {"code": code, "nom": "Ici", "codeRegion": "11"}
    division = geoapi.division(API | {level: [place]})
    (found,) = division.departements if level == "departements" else division.regions
    assert found.zone == zone


def test_an_answer_in_another_format_is_refused() -> None:
    with pytest.raises(SourceError, match="sans la propriété 'type'"):
        geoapi.division(API | {"epcis": [{"code": "243500139", "nom": "Rennes Métropole"}]})
    with pytest.raises(SourceError, match="sans la propriété 'code'"):
        geoapi.division(API | {"communes": [{"nom": "Rennes"}]})


class Canned:
    def __init__(self, answer: object) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def get_json(self, url: str) -> object:
        self.asked.append(url)
        return self.answer


def test_the_api_is_asked_for_the_whole_of_france() -> None:
    web = Canned([])
    asyncio.run(geoapi.fetch(web, "http://ici/"))
    assert web.asked[0].startswith("http://ici/communes?fields=nom,code,siren,population,codeEpci")
    assert all("zone=metro,drom,com" in url for url in web.asked[:4])


@pytest.mark.parametrize("answer", [{"error": "oups"}, [1], "texte"])
def test_an_answer_that_is_no_list_of_objects_is_refused(answer: object) -> None:
    with pytest.raises(SourceError, match="n'a pas répondu une liste d'objets"):
        asyncio.run(geoapi.fetch(Canned(answer), "http://ici"))
