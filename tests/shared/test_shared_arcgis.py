"""The ArcGIS Hub connector on recorded answers, and its simulated face beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from recorded_portal import TODAY, Recorded, harvest

from observatoire.demo.accounts import account
from observatoire.demo.arcgis import FEED, ITEMS, ArcgisHub
from observatoire.demo.faces import Answer, Ask
from observatoire.sources import arcgis
from observatoire.sources.kit import datajson

SITE = "https://hub.exemple.fr"


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources"


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_real_feed_of_evian_is_read(recorded: Path) -> None:
    feed = Answer(200, (recorded / "arcgis/dcat_us_evian.recorded.json").read_bytes())
    face = Recorded({"/api/feed/dcat-us/1.1.json": feed, ITEMS: Answer(500)})
    rows = harvest(arcgis, face, url=SITE)
    figures = ("nb_jeux", "nb_licence_ouverte", "nb_format_ouvert", "derniere_mise_a_jour")
    assert {k: [r[f] for f in figures] for k, r in rows.items()} == {
        "Mairie Evian-les-Bains": ["1", "1", "1", "2023-03-13"],
        "Ville Evian-les-Bains": ["1", "0", "1", "2022-08-23"],
        "Ville d'Evian-les-Bains": ["3", "2", "3", "2024-02-09"],
        "sigevian": ["3", "0", "1", "2023-10-30"],
    }
    assert {r["nb_recents"] for r in rows.values()} == {"0"}
    page = rows["Ville d'Evian-les-Bains"]["url"]
    assert page == f"{SITE}/search?collection=Dataset&source=Ville%20d%27Evian-les-Bains"


def test_the_items_of_a_search_are_read(recorded: Path) -> None:
    found = Answer(200, (recorded / "arcgis/search_v1_items.ceres.json").read_bytes())
    rows = harvest(arcgis, Recorded({ITEMS: found}), url=SITE)
    figures = ("nb_jeux", "nb_licence_ouverte", "nb_format_ouvert", "derniere_mise_a_jour")
    assert {k: [r[f] for f in figures] for k, r in rows.items()} == {
        "City of Example": ["1", "1", "1", "2026-03-14"],
        "finance_dept": ["1", "0", "1", "2017-08-25"],
    }


def test_any_project_open_data_is_read(recorded: Path) -> None:
    document = load(recorded / "datajson/project_open_data.ceres.json")
    found = [datajson.dataset_of(d, TODAY) for d in datajson.datasets(document, "x")]
    assert [(d.publisher, d.open_licence, d.open_format, d.updated) for d in found] == [
        ("Example Agency", True, True, "2026-06-01"),
        ("", False, False, "2026-05-01"),
        ("", False, False, ""),
    ]


def test_the_simulated_hub_has_the_shape_of_the_real_ones(recorded: Path) -> None:
    face = ArcgisHub([account("A", nb_jeux=1)])
    ours = json.loads(face.answer(Ask(SITE, ITEMS)).body)
    known = load(recorded / "arcgis/search_v1_items.ceres.json")
    assert set(ours) == set(known)
    assert set(ours["features"][0]) == set(known["features"][0])
    assert set(ours["features"][0]["properties"]) <= set(known["features"][0]["properties"])
    ours = json.loads(face.answer(Ask(SITE, FEED)).body)
    real = load(recorded / "arcgis/dcat_us_evian.recorded.json")
    assert set(ours) <= set(real)
    mine, theirs = ours["dataset"][0], real["dataset"][0]
    assert set(mine) <= set(theirs)
    assert set(mine["distribution"][0]) <= set(theirs["distribution"][0])
