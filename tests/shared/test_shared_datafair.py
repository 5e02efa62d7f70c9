"""The Data Fair connector on a constructed answer, and its simulated face beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from recorded_portal import Recorded, harvest

from observatoire.demo.accounts import account
from observatoire.demo.datafair import PATH, DataFair
from observatoire.demo.faces import Answer, Ask
from observatoire.sources import datafair


@pytest.fixture
def catalogue(shared: Path) -> bytes:
    return (shared / "data/sources/datafair/catalog_datasets.constructed.json").read_bytes()


def test_the_constructed_catalogue_is_read(catalogue: bytes) -> None:
    face = Recorded({"/catalog/datasets": Answer(200, catalogue)})
    rows = harvest(datafair, face, url="https://opendata.exemple.fr", nom="Exemple")
    assert {k: v for k, v in rows["org1"].items() if v} == {
        "plateforme": "p",
        "identifiant": "org1",
        "nom": "Ville d'Exemple",
        "nb_jeux": "1",
        "nb_licence_ouverte": "1",
        "nb_format_ouvert": "1",
        "nb_schema": "1",
        "nb_recents": "1",
        "derniere_mise_a_jour": "2026-09-01",
        "url": "https://opendata.exemple.fr/datasets",
        "statut": "publie",
    }
    # The other dataset names nobody: it is the holder's.
    assert (rows["Exemple"]["nb_jeux"], rows["Exemple"]["nb_licence_ouverte"]) == ("1", "0")


def test_the_simulated_portal_has_the_shape_of_the_constructed_answer(catalogue: bytes) -> None:
    ours = json.loads(DataFair([account("A", nb_jeux=1)]).answer(Ask("http://p", PATH)).body)
    known = json.loads(catalogue)
    assert set(ours) == set(known)
    assert set(ours["results"][0]) <= set(known["results"][0])
    assert set(ours["results"][0]["owner"]) == set(known["results"][0]["owner"])
