"""The Opendatasoft connector on recorded answers, and its simulated face beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recorded_portal import Recorded, harvest

from observatoire.demo.accounts import Dataset, account
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.opendatasoft import CATALOG, Opendatasoft
from observatoire.model import Row, SourceError
from observatoire.sources import opendatasoft


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources/ods"


def listed(folder: Path, name: str) -> list[Any]:
    found = json.loads((folder / name).read_text(encoding="utf-8"))["results"]
    assert isinstance(found, list)
    return found


def exported(folder: Path, *names: str, **cells: str) -> dict[str, Row]:
    """What the connector makes of an export that holds the datasets of these lists."""
    body = json.dumps([item for name in names for item in listed(folder, name)]).encode()
    face = Recorded({"/exports/json": Answer(200, body)})
    return harvest(opendatasoft, face, url="https://data.exemple.fr/pages/accueil/", **cells)


def test_the_recorded_dataset_is_read(recorded: Path) -> None:
    assert exported(recorded, "catalog_datasets_bercy.recorded.json") == {
        "DGFIP": {
            "plateforme": "p",
            "identifiant": "DGFIP",
            "nom": "DGFIP",
            "siren_declare": "",
            "nb_jeux": "1",
            "nb_licence_ouverte": "1",
            "nb_format_ouvert": "1",
            "nb_schema": "",
            "nb_recents": "0",
            "nb_reutilisations": "0",
            "nb_telechargements": "105",
            "derniere_mise_a_jour": "2024-02-20",
            "url": "https://data.exemple.fr/explore/?refine.publisher=DGFIP",
            "statut": "publie",
        }
    }


def test_a_shared_portal_is_counted_by_label_without_what_is_federated(recorded: Path) -> None:
    rows = exported(recorded, "catalog_datasets_multi_producer.constructed.json")
    assert {k: (r["nb_jeux"], r["nb_schema"], r["nb_recents"]) for k, r in rows.items()} == {
        "Commune d'Acigné": ("1", "", "0"),
        "Rennes Métropole": ("1", "", "1"),
        "Ville de Rennes": ("2", "1", "1"),
    }
    rennes = rows["Ville de Rennes"]
    assert (rennes["nb_licence_ouverte"], rennes["nb_format_ouvert"]) == ("1", "1")
    acigne = rows["Commune d'Acigné"]["url"]
    assert acigne == "https://data.exemple.fr/explore/?refine.publisher=Commune+d%27Acign%C3%A9"


def test_the_vendors_own_examples_are_read(recorded: Path) -> None:
    # One is federated, the other names no publisher.
    name = "catalog_datasets.openapi_example.json"
    assert exported(recorded, name) == {}
    [row] = exported(recorded, name, gouvernance="dedie").values()
    assert (row["identifiant"], row["nb_jeux"], row["nb_format_ouvert"]) == ("Portail", "1", "1")


def test_null_fields_are_no_trouble(recorded: Path) -> None:
    name = "opendatasoft_catalog_v21.ceres.json"
    shared_portal = exported(recorded, name)
    own_portal = exported(recorded, name, gouvernance="dedie")
    # The second dataset names no publisher, but a service as its producer.
    assert set(shared_portal) == {"Ville Exemple", "Direction des Finances"}
    assert set(own_portal) == {"Ville Exemple", "Portail"}
    assert own_portal["Portail"]["nb_recents"] == ""


def test_the_recorded_grouping_is_read(recorded: Path) -> None:
    body = (recorded / "catalog_datasets_group_by_publisher.constructed.json").read_bytes()
    rows = harvest(
        opendatasoft,
        Recorded({"/exports/json": Answer(500), "group_by=publisher": Answer(200, body)}),
        url="https://data.exemple.fr",
    )
    assert {k: (r["nb_jeux"], r["derniere_mise_a_jour"]) for k, r in rows.items()} == {
        "Rennes Métropole": ("212", "2026-10-02"),
        "Ville de Rennes": ("96", "2026-09-30"),
    }


def test_the_recorded_refusals_are_told(recorded: Path) -> None:
    quota = Answer(429, (recorded / "error_quota_429.constructed.json").read_bytes())
    # A server that names its hour is left alone until then: nobody waits in a test.
    later = Answer(429, quota.body, headers={"Retry-After": "86400"})
    with pytest.raises(SourceError, match="quota d'appels atteint"):
        harvest(opendatasoft, Recorded({"/": later}), url="https://data.exemple.fr")
    query = Answer(400, (recorded / "error_odsql_400.constructed.json").read_bytes())
    with pytest.raises(SourceError, match="le serveur refuse la requête"):
        harvest(opendatasoft, Recorded({"/": query}), url="https://data.exemple.fr")


def test_the_simulated_portal_has_the_shape_of_the_real_one(recorded: Path) -> None:
    face = Opendatasoft([account("A", nb_jeux=1, like=Dataset(schema="scdl/deliberations"))])
    query = {"include_app_metas": "true"}
    [ours] = json.loads(face.answer(Ask("http://p", f"{CATALOG}exports/json", query)).body)
    [real] = listed(recorded, "catalog_datasets_bercy.recorded.json")
    assert set(ours) <= set(real)
    for block in ("default", "dcat", "explore"):
        assert set(ours["metas"][block]) <= set(real["metas"][block])
    page = json.loads(face.answer(Ask("http://p", f"{CATALOG}datasets")).body)
    assert set(page) == {"total_count", "results"}
    for name, query in (
        ("catalog_datasets_group_by_publisher.constructed.json", {"group_by": "publisher"}),
        ("catalog_facets_publisher.constructed.json", {"facet": "publisher"}),
    ):
        path = CATALOG + ("facets" if "facet" in query else "datasets")
        ours = json.loads(face.answer(Ask("http://p", path, query)).body)
        real = json.loads((recorded / name).read_text(encoding="utf-8"))
        assert keys(ours) == keys(real)


def keys(value: Any) -> Any:
    """The names in a JSON value, of the first item only where it is a list."""
    if isinstance(value, dict):
        return {k: keys(v) for k, v in value.items()}
    return keys(value[0]) if isinstance(value, list) and value else None
