"""The reference against the real material: slices of the sources, and the names people typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.model import SourceError
from observatoire.reference import decoupage, geoapi
from observatoire.reference.build import tables
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register

TYPES = {"REG", "DEP", "MET", "CU", "CA", "CC", "EPT", "COM"}


@pytest.fixture
def reference(root: Path) -> Reference:
    return load(Register(Folder(root)), "2022")


def geo(shared: Path, name: str) -> Path:
    return shared / "data" / "sources" / "geo" / name


@pytest.fixture
def package(shared: Path, tmp_path: Path) -> Path:
    """The slices of the package, under the names that it gives them."""
    for name, slice_ in {
        "communes": "communes_slice.npm6.json",
        "epci": "epci_slice.npm6.json",
        "ept": "ept.npm6.json",
        "departements": "departements.npm6.json",
        "regions": "regions.npm6.json",
    }.items():
        (tmp_path / f"{name}.json").write_bytes(geo(shared, slice_).read_bytes())
    return tmp_path


def test_the_slices_of_the_package_give_the_lines_of_the_reference(
    package: Path, root: Path
) -> None:
    built = tables(decoupage.read(package), {})
    committed = Register(Folder(root)).keyed("reference/2026/communes")
    communes = {row["code"]: row for row in built["communes"]}
    assert {"75056", "69123", "2A004", "98818"} <= set(communes)
    assert "69381" not in communes  # an arrondissement
    for code, row in communes.items():
        for column in ("nom", "departement", "region", "population"):
            assert row[column] == committed[code,][column]
    assert sum(row["type"] == "EPT" for row in built["epci"]) == 11
    assert len(built["departements"]) == 109


def test_the_answers_of_the_api_are_read(shared: Path) -> None:
    answers = {
        "communes": json.loads(geo(shared, "geoapi_communes.derived.json").read_bytes()),
        "epcis": [],
        "departements": json.loads(
            geo(shared, "geoapi_departements.constructed.json").read_bytes()
        ),
        "regions": [],
        "anciennes": [],
    }
    division = geoapi.division(answers)
    assert {c.nom for c in division.communes} == {"La Roche-sur-Yon", "Nantes", "Rennes", "Lille"}
    assert {d.zone for d in division.departements} == {"metro"}


def test_epci_without_their_type_are_refused(shared: Path) -> None:
    epcis = json.loads(geo(shared, "geoapi_epcis.derived.json").read_bytes())
    with pytest.raises(SourceError, match="'type'"):
        geoapi.division(
            {"communes": [], "epcis": epcis, "departements": [], "regions": [], "anciennes": []}
        )


def test_the_identifiers_agree_with_the_public_lists(shared: Path, reference: Reference) -> None:
    with geo(shared, "identifiants_departements_2023.csv").open(encoding="utf-8") as lines:
        listed = {r["COG"]: r["SIREN"] for r in csv.DictReader(lines)}
    # The list keeps the two départements that became the Collectivité européenne d'Alsace, and
    # counts the Métropole de Lyon as one.
    expected = {code: s for code, s in listed.items() if code not in {"67A", "691"}}
    assert {code: reference.departements[code].siren for code in expected} == expected
    with geo(shared, "identifiants_regions_2023.csv").open(encoding="utf-8") as lines:
        regions = {r["COG"]: r["SIREN"] for r in csv.DictReader(lines)}
    assert {code: reference.regions[code].siren for code in regions} == regions


def test_most_names_of_the_edition_lead_to_their_body(shared: Path, reference: Reference) -> None:
    """The rest has a typing error, a former body, or an everyday name (« Levallois »)."""
    path = shared / "data" / "observatoire" / "edition-2022-organisations.csv"
    with path.open(encoding="utf-8-sig") as lines:
        rows = [r for r in csv.DictReader(lines) if r["type"] in TYPES]
    found = [
        r
        for r in rows
        if [b.siren for b in reference.named(r["nom"], r["depcode"], r["type"])]
        == [r["siren"].strip()]
    ]
    assert len(rows) == 868
    assert len(found) >= 790
    wrong = [
        r["nom"]
        for r in rows
        for b in reference.named(r["nom"], r["depcode"], r["type"])
        if b.siren != r["siren"].strip() and r["siren"].strip() in reference.bodies
    ]
    # Here the edition is wrong: it has the SIREN of a namesake in another département.
    assert sorted(wrong) == ["CHELLES", "SAINT SERVAIS", "SAINT-FIRMIN", "VENTEROL"]
