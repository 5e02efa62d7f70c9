"""The simulated Data Fair answers as the real one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.datafair import PATH, DataFair
from observatoire.demo.faces import Ask

CONTENT = [
    account("Ville d'Exemple", nb_jeux=14, like=Dataset(schema="scdl/x")),
    Account("x", "x", "", datasets=(Dataset(formats=("pdf",)), Dataset(formats=()))),
]


def got(face: DataFair, **query: str) -> Any:
    return json.loads(face.answer(Ask("http://p", PATH, query)).body)


def test_a_catalogue_comes_by_pages_of_twelve_unless_told() -> None:
    assert len(got(DataFair(CONTENT))["results"]) == 12
    page = got(DataFair(CONTENT), size="10", page="2")
    assert (page["count"], len(page["results"])) == (16, 6)
    assert got(DataFair(CONTENT), size="0")["results"] == []


def test_only_the_fields_asked_for_come() -> None:
    [one] = got(DataFair(CONTENT), size="1", select="id,title")["results"]
    assert set(one) == {"id", "slug", "title", "page"}


def test_recent_versions_leave_the_owner_out() -> None:
    shown = got(DataFair(CONTENT), size="16")["results"]
    assert sum("owner" in d for d in shown) == 14
    hidden = got(DataFair(CONTENT, owners=False), size="16")["results"]
    assert not any("owner" in d for d in hidden)
    assert sum(d.get("creator") == "Ville d'Exemple" for d in hidden) == 14


def test_datasets_have_lines_a_file_or_only_a_description() -> None:
    shown = got(DataFair(CONTENT), size="16")["results"]
    assert sum("count" in d for d in shown) == 14
    assert [d["originalFile"]["mimetype"] for d in shown if "originalFile" in d] == [
        "application/pdf"
    ]
    assert sum(d.get("isMetaOnly", False) for d in shown) == 1


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [(PATH, {"size": "100", "page": "101"}, 400), (PATH, {"size": "x"}, 200), ("/api", {}, 404)],
)
def test_the_window_and_the_rest(path: str, query: dict[str, str], status: int) -> None:
    assert DataFair(CONTENT).answer(Ask("http://p", path, query)).status == status
