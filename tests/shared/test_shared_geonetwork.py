"""The connector reads a recorded count of GeoNetwork 4, and its question fits recorded records."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from recorded_portal import Recorded, harvest

from observatoire.demo.faces import Answer, Ask
from observatoire.demo.geonetwork import GeoNetwork
from observatoire.demo.tiny_elastic import search
from observatoire.sources import geonetwork
from observatoire.sources.geonetwork import elastic
from observatoire.sources.kit.census import Census


@pytest.fixture
def recorded(shared: Path) -> Path:
    return shared / "data/sources/geonetwork"


def test_a_count_by_organisation_is_read(recorded: Path) -> None:
    answers = {
        "/srv/api/site": Answer(200, (recorded / "srv_api_site.constructed.json").read_bytes()),
        "POST": Answer(200, (recorded / "es_search_aggregations.constructed.json").read_bytes()),
    }
    rows = harvest(geonetwork, Recorded(answers), "/geonetwork")
    assert {k: (r["nb_jeux"], r["nb_licence_ouverte"]) for k, r in rows.items()} == {
        "Département d'Exemple": ("210", ""),
        "Communauté de communes d'Exemple": ("34", ""),
    }


def fields(source: dict[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """A recorded document as its index sees it: every value under its full name."""
    found: dict[str, list[str]] = {}
    for name, value in source.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                for inner, values in fields(one, f"{prefix}{name}.").items():
                    found.setdefault(inner, []).extend(values)
            else:
                found.setdefault(f"{prefix}{name}", []).append(str(one))
    return found


def source(file: Path) -> dict[str, list[str]]:
    hit = json.loads(file.read_text(encoding="utf-8"))["hits"]["hits"][0]
    return fields(hit["_source"])


def test_the_question_counts_a_recorded_record_once_it_is_a_dataset(recorded: Path) -> None:
    record = source(recorded / "es_search_eaufrance.recorded.json")
    asked = elastic.question(elastic.ORGANISATIONS[0], Census(date(2020, 6, 1)))
    assert search(asked, [record])["hits"]["total"]["value"] == 0  # It describes a service.
    found = search(asked, [record | {"resourceType": ["dataset"]}])
    [bucket] = found["aggregations"]["org"]["buckets"]
    assert (bucket["key"], bucket["doc_count"]) == ("Sandre", 1)
    assert bucket["open_licences"]["doc_count"] == 1
    assert bucket["open_formats"]["doc_count"] == 1
    assert bucket["recent"]["doc_count"] == 1
    assert bucket["creationDateForResource"]["last"]["value_as_string"].startswith("2019-12-02")


def test_the_question_leaves_a_recorded_feature_catalogue_out(recorded: Path) -> None:
    record = source(recorded / "es_search_bdtopo.recorded.json")
    asked = elastic.question(elastic.ORGANISATIONS[0], Census(date(2026, 6, 1)))
    assert search(asked, [record])["hits"]["total"]["value"] == 0


def test_the_simulated_description_has_the_shape_of_the_constructed_one(recorded: Path) -> None:
    real = json.loads((recorded / "srv_api_site.constructed.json").read_text(encoding="utf-8"))
    ours = json.loads(GeoNetwork([]).answer(Ask("", "/geonetwork/srv/api/site")).body)
    assert set(ours) <= set(real)
