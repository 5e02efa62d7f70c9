"""The reference sources read real answers: a commune, a batch of addresses, two catalogues."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from observatoire import schema
from observatoire.lookups import entreprises, geocodage, schemas, transport
from observatoire.lookups.geocodage import Seat
from observatoire.model import SourceError
from observatoire.sources.kit import door


@pytest.fixture
def sources(shared: Path) -> Path:
    return shared / "data/sources"


def load(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def admitted(root: Path, siren: str, file: Path) -> dict[str, str]:
    described = schema.parse("x", (root / "schemas/reference-entreprises.json").read_bytes())
    [row] = door.admit([entreprises.row_of(load(file), siren, "u")], described)
    return dict(row)


def test_a_recorded_commune_of_an_older_shape_is_read(sources: Path, root: Path) -> None:
    file = sources / "recherche_entreprises/search_commune_coise_2023.recorded.json"
    row = admitted(root, "216900621", file)
    assert (row["nom"], row["nature_juridique"], row["etat"]) == (
        "COMMUNE DE COISE",
        "7210",
        "active",
    )
    assert (row["commune"], row["latitude"], row["longitude"]) == ("69062", "45.611594", "4.455569")
    assert (row["tranche_effectif"], row["niveau"]) == ("02", "")


def test_bodies_of_each_level_are_read(sources: Path, root: Path) -> None:
    file = sources / "recherche_entreprises/search_multi_levels.constructed.json"
    found = {r["siren"]: admitted(root, r["siren"], file) for r in load(file)["results"]}
    assert {s: (r["niveau"], r["code_collectivite"], r["etat"]) for s, r in found.items()} == {
        "218501914": ("commune", "85191", "active"),
        "248500589": ("epci", "248500589", "active"),
        "228500013": ("departement", "85", "active"),
        "234400034": ("region", "52", "active"),
        "258500008": ("", "", "active"),
        "217599992": ("", "", "cessee"),
    }
    assert found["218501914"]["longitude"] == "-1.426442"


def test_a_commune_asked_by_its_number_is_read(sources: Path, root: Path) -> None:
    file = sources / "recherche_entreprises/search_siren_commune.constructed.json"
    row = admitted(root, "218501914", file)
    assert (row["nom"], row["etat"], row["tranche_effectif"]) == (
        "COMMUNE DE LA ROCHE SUR YON",
        "active",
        "42",
    )
    assert (row["commune"], row["code_postal"]) == ("85191", "85000")


def test_a_refusal_is_no_answer(sources: Path) -> None:
    file = sources / "recherche_entreprises/error_400.constructed.json"
    with pytest.raises(SourceError, match="n'a pas la forme d'une recherche d'entreprises"):
        entreprises.row_of(load(file), "218501914", "u")


def test_an_empty_answer_means_an_unknown_number(sources: Path, root: Path) -> None:
    file = sources / "recherche_entreprises/search_empty.constructed.json"
    assert admitted(root, "216900621", file) == {"siren": "216900621", "etat": "introuvable"}


def test_a_recorded_batch_of_addresses_is_read(sources: Path) -> None:
    body = (sources / "ban/search_csv_response.recorded.csv").read_bytes()
    body = body.replace(b"id,adresse", b"siren,adresse")
    seats = [Seat("a", "22 Boulevard Flandrin", "75056"), Seat("d", "1 rue", "99999")]
    assert geocodage.places(body, seats, "u") == {"a": ("48.866218", "2.272782")}
    elsewhere = [Seat("a", "22 Boulevard Flandrin", "69123")]
    assert geocodage.places(body, elsewhere, "u") == {}


def test_the_columns_that_we_ask_for_are_those_of_the_recorded_answer(sources: Path) -> None:
    answer = (sources / "ban/search_csv_response.recorded.csv").read_text(encoding="utf-8")
    assert set(geocodage.GIVEN) <= set(answer.partition("\n")[0].split(","))


@pytest.mark.parametrize(
    "name", ["schemas_transport_site.recorded.json", "datagouv_catalogue_schemas.recorded.json"]
)
def test_a_recorded_catalogue_of_schemas_is_read(sources: Path, root: Path, name: str) -> None:
    catalogue = load(sources / "schema" / name)
    described = schema.parse("x", (root / "schemas/reference-schemas.json").read_bytes())
    rows = door.admit(schemas.rows_of(catalogue, "u"), described)
    assert {r["nom"] for r in rows} == {s["name"] for s in catalogue["schemas"]}
    assert any(r["scdl"] == "oui" for r in rows)
    assert all("@" not in str(dict(r)) for r in rows)


def test_a_dataset_of_transport_gives_its_clue(sources: Path) -> None:
    [dataset] = load(sources / "transport/datasets.constructed.json")
    assert list(transport.clues(dataset, {})) == [
        ("534fff7aa3a7292c64a77e0c", "244900015", "org", "Angers Loire Métropole")
    ]
