"""The connectors of CKAN's family on recorded answers: CKAN, DKAN, Data4Citizen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from recorded_portal import Recorded, harvest

from observatoire.demo.accounts import Dataset, account
from observatoire.demo.ckan import Ckan
from observatoire.demo.data4citizen import Data4Citizen
from observatoire.demo.dkan import Dkan, in_words
from observatoire.demo.faces import Answer, Ask, Face
from observatoire.model import Row, SourceError
from observatoire.sources import ckan, data4citizen, dkan

SITE = "https://ckan.exemple.fr"


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources"


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def answers(**bodies: Any) -> dict[str, Answer]:
    return {mark: Answer(200, json.dumps(body).encode()) for mark, body in bodies.items()}


def test_the_constructed_search_is_read(recorded: Path) -> None:
    page = load(recorded / "ckan/package_search_page.constructed.json")
    facets = load(recorded / "ckan/package_search_facets.constructed.json")
    found = {"rows=0": facets, "package_search": page}
    rows = harvest(ckan, Recorded(answers(**found)), url=SITE)
    assert {k: v for k, v in rows["ville-exemple"].items() if v} == {
        "plateforme": "p",
        "identifiant": "ville-exemple",
        "nom": "Ville d'Exemple",
        "nb_jeux": "2",
        "nb_licence_ouverte": "2",
        "nb_format_ouvert": "2",
        "nb_schema": "1",
        "nb_recents": "2",
        "derniere_mise_a_jour": "2026-09-12",
        "url": f"{SITE}/organization/ville-exemple",
        "statut": "publie",
    }
    assert rows["departement-exemple"]["nb_recents"] == "0"


def test_sparse_packages_are_read(recorded: Path) -> None:
    page = load(recorded / "ckan/ckan_package_search.ceres.json")
    rows = harvest(ckan, Recorded(answers(package_search=page)), url=SITE)
    figures = ("nb_jeux", "nb_licence_ouverte", "nb_format_ouvert", "nb_recents")
    assert {k: [r[f] for f in figures] for k, r in rows.items()} == {
        "environment-agency": ["1", "0", "1", ""],
        "statistics-office": ["1", "0", "0", ""],
    }


def test_a_constructed_refusal_is_told(recorded: Path) -> None:
    refusal = load(recorded / "ckan/error_success_false.constructed.json")
    with pytest.raises(SourceError, match="qu'il a échoué \\(« Not found »\\)"):
        harvest(ckan, Recorded(answers(package_search=refusal)), url=SITE)


def dkan_rows(recorded: Path, gouvernance: str) -> Mapping[str, Row]:
    name = "ckan/dkan_hauts_de_france_package_show.recorded.json"
    shown = answers(current_package_list_with_resources=load(recorded / name))
    return harvest(dkan, Recorded(shown), url=SITE, gouvernance=gouvernance)


def test_the_recorded_dkan_package_is_read(recorded: Path) -> None:
    rows = dkan_rows(recorded, "dedie")
    assert {k: v for k, v in rows["Région Hauts-de-France"].items() if v} == {
        "plateforme": "p",
        "identifiant": "Région Hauts-de-France",
        "nom": "Région Hauts-de-France",
        "nb_jeux": "1",
        "nb_licence_ouverte": "1",
        "nb_format_ouvert": "0",
        "nb_recents": "0",
        "derniere_mise_a_jour": "2019-12-19",
        "url": f"{SITE}/group/region-hauts-de-france",
        "statut": "publie",
    }


def test_on_a_shared_portal_it_is_a_copy(recorded: Path) -> None:
    assert dkan_rows(recorded, "mutualise") == {}


def test_the_constructed_data4citizen_search_is_read(recorded: Path) -> None:
    found = load(recorded / "d4c/datasets_search.constructed.json")
    [row] = harvest(
        data4citizen, Recorded(answers(**{"/d4c/api/datasets/2.0/search/": found})), url=SITE
    ).values()
    assert (row["identifiant"], row["nom"], row["nb_jeux"], row["nb_recents"]) == (
        *("ville-exemple", "Ville d'Exemple"),
        *("2", "2"),
    )
    assert row["derniere_mise_a_jour"] == "2026-09-12"
    assert row["url"] == f"{SITE}/portail?fq=organization:(ville-exemple)"


CONTENT = [account("Ville d'Exemple", nb_jeux=1, like=Dataset(harvested="autre.fr"))]


@pytest.mark.parametrize(
    ("face", "path", "recording"),
    [
        (
            Ckan(CONTENT),
            "/api/3/action/package_search",
            "ckan/package_search_page.constructed.json",
        ),
        (
            Data4Citizen(CONTENT),
            "/d4c/api/datasets/2.0/search/",
            "d4c/datasets_search.constructed.json",
        ),
    ],
)
def test_simulated_searches_have_the_shape_of_known_ones(
    recorded: Path, face: Face, path: str, recording: str
) -> None:
    ours = json.loads(face.answer(Ask(SITE, path)).body)
    known = load(recorded / recording)
    assert set(ours) == set(known)
    assert set(ours["result"]) <= set(known["result"]) | {"search_facets"}
    mine, theirs = ours["result"]["results"][0], known["result"]["results"][0]
    assert set(mine) <= set(theirs)
    for part in ("resources", "tags", "extras"):
        assert set(mine[part][0]) <= set(theirs[part][0])
    assert set(mine["organization"]) <= set(theirs["organization"])


def test_simulated_facets_have_the_shape_of_known_ones(recorded: Path) -> None:
    query = {"rows": "0", "facet.field": '["organization"]'}
    ours = json.loads(Ckan(CONTENT).answer(Ask(SITE, "/api/3/action/package_search", query)).body)
    known = load(recorded / "ckan/package_search_facets.constructed.json")
    ours, known = (v["result"]["search_facets"]["organization"] for v in (ours, known))
    assert set(ours) == set(known)
    assert set(ours["items"][0]) == set(known["items"][0])


def test_the_simulated_dkan_has_the_shape_of_the_recorded_one(recorded: Path) -> None:
    query = {"id": ""}
    face = Dkan(CONTENT)
    listed = Ask(SITE, "/api/3/action/package_list")
    query["id"] = json.loads(face.answer(listed).body)["result"][0]
    ours = json.loads(face.answer(Ask(SITE, "/api/3/action/package_show", query)).body)
    real = load(recorded / "ckan/dkan_hauts_de_france_package_show.recorded.json")
    [mine], [theirs] = ours["result"], real["result"]
    assert set(mine) <= set(theirs)
    for part in ("resources", "tags", "extras", "groups"):
        assert set(mine[part][0]) <= set(theirs[part][0])
    assert in_words("2019-12-10")[:15] == theirs["metadata_created"][:15]
