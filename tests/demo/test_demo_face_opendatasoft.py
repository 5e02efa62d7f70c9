"""The simulated Opendatasoft answers as the real one: shapes, pages, limits, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.opendatasoft import CATALOG, Opendatasoft

CONTENT = [
    account("Ville de A", nb_jeux=120),
    account("IGN", nb_jeux=2, like=Dataset(harvested="public.opendatasoft.com")),
    Account("x", "x", "", datasets=(Dataset(formats=("pdf",)), Dataset(archived="2022-01-01"))),
]
FACE = Opendatasoft(CONTENT)


def ask(path: str, **query: str) -> Answer:
    return FACE.answer(Ask("http://p", CATALOG + path, query))


def got(path: str, **query: str) -> Any:
    return json.loads(ask(path, **query).body)


def test_an_export_is_the_whole_catalogue_in_an_array() -> None:
    items = got("exports/json")
    assert len(items) == 123
    assert len({i["dataset_id"] for i in items}) == 123
    assert "explore" not in items[0]["metas"]
    assert "explore" in got("exports/json", include_app_metas="true")[0]["metas"]


def test_a_federated_dataset_carries_its_host() -> None:
    one = got("exports/json")[120]
    assert one["dataset_id"].endswith("@public.opendatasoft.com")
    default = one["metas"]["default"]
    assert (default["federated"], default["source_domain_address"]) == (
        True,
        "public.opendatasoft.com",
    )


def test_a_dataset_without_lines_has_an_attached_file() -> None:
    one = got("exports/json")[122]
    assert (one["has_records"], one["metas"]["default"]["publisher"]) == (False, None)
    assert one["attachments"][0]["mimetype"] == "application/pdf"


def test_a_list_comes_by_pages_of_a_hundred_at_most() -> None:
    assert len(got("datasets")["results"]) == 10
    assert len(got("datasets", limit="-1")["results"]) == 100
    page = got("datasets", limit="100", offset="100")
    assert (page["total_count"], len(page["results"])) == (123, 23)


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("datasets", {"limit": "101"}, 400, "InvalidRESTParameterError"),
        ("datasets", {"limit": "x"}, 400, "InvalidRESTParameterError"),
        ("datasets", {"limit": "100", "offset": "9901"}, 400, "InvalidRESTParameterError"),
        ("datasets", {"group_by": "producteur"}, 400, "ODSQLError"),
        ("datasets", {"group_by": "publisher", "where": "x"}, 400, "ODSQLError"),
        ("facets", {"facet": "x"}, 400, "ODSQLError"),
        ("autre", {}, 404, "NotFound"),
    ],
)
def test_bad_questions_are_refused(
    path: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = ask(path, **query)
    assert answer.status == status
    assert json.loads(answer.body)["error_code"] == code


def test_publishers_are_grouped_with_or_without_those_of_other_portals() -> None:
    everyone = {r["publisher"]: r["n"] for r in got("datasets", group_by="publisher")["results"]}
    assert everyone == {"Ville de A": 120, "IGN": 2, None: 1}
    where = "source_domain_address is null"
    own = got("datasets", group_by="publisher", where=where)["results"]
    assert [r["publisher"] for r in own] == ["Ville de A", None]
    assert own[0]["last"] == "2022-06-01T07:12:11+00:00"


def test_facets_name_publishers_only() -> None:
    [facet] = got("facets", facet="publisher")["facets"]
    assert [(f["name"], f["count"]) for f in facet["facets"]] == [("Ville de A", 120), ("IGN", 2)]


def test_a_private_portal_and_a_spent_quota_refuse() -> None:
    assert Opendatasoft([], private=True).answer(Ask("", CATALOG)).status == 401
    limited = Opendatasoft([], quota=1)
    statuses = [limited.answer(Ask("", f"{CATALOG}exports/json")).status for _ in range(3)]
    assert statuses == [200, 429, 429]
