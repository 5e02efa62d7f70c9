"""The real list of portals, set beside the real register."""

from __future__ import annotations

import csv
from pathlib import Path

from observatoire.detection import lists, proofs
from observatoire.detection.candidates import (
    HARVESTER_COLUMNS,
    INDEX_COLUMNS,
    lacking,
    of_harvesters,
    of_index,
)
from observatoire.files import Folder
from observatoire.register import Register
from observatoire.web import Look


def test_more_than_half_of_the_index_is_unknown_to_the_register(shared: Path, root: Path) -> None:
    rows = [
        row
        for path in sorted((shared / "data/portails").glob("*.csv"))
        for row in csv.DictReader(path.read_text().splitlines())
    ]
    assert len(rows) == 476
    assert set(INDEX_COLUMNS) <= set(rows[0])
    platforms = list(Register(Folder(root)).table("plateformes").records())
    found = lacking(of_index(rows), platforms)
    assert 250 < len(found) < 300
    assert 30 < sum(bool(near) for _, near in found) < 60
    technos = [c.techno for c, _ in found]
    assert technos.count("opendatasoft") > 60
    assert all(c.region or c.departement for c, _ in found)


def test_the_list_of_harvesters_is_read(shared: Path, root: Path) -> None:
    file = shared / "data/sources/datagouv/catalogue_harvest.constructed.csv"
    listed = of_harvesters(lists.read(file, HARVESTER_COLUMNS, ";"))
    assert [(c.nom, c.techno) for c in listed] == [
        ("Rennes Métropole", "opendatasoft"),
        ("Métropole de Lyon", "geonetwork"),
        ("Portail CKAN exemple", "ckan"),
    ]
    platforms = list(Register(Folder(root)).table("plateformes").records())
    assert [c.nom for c, _ in lacking(listed, platforms)] == ["Portail CKAN exemple"]


def look(path: Path) -> Look:
    return Look(200, "https://a.fr/", "application/json", {}, path.read_bytes())


def test_recorded_answers_prove_their_technology(shared: Path) -> None:
    folder = shared / "data/sources"
    assert proofs.ckan(look(folder / "ckan/status_show.constructed.json")).startswith("CKAN 2")
    assert proofs.data4citizen(look(folder / "d4c/datasets_search.constructed.json"))
    assert proofs.data_fair(look(folder / "datafair/catalog_datasets.constructed.json"))
    assert proofs.data_json(look(folder / "arcgis/dcat_us_evian.recorded.json"))
    assert proofs.udata(look(folder / "datagouv/datasets_v1_list.derived.json"))
    assert not proofs.ckan(look(folder / "ckan/error_success_false.constructed.json"))
