"""The simulated data.gouv.fr answers as udata does, and is quick enough for a thousand accounts."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.demo.accounts import Account, Dataset, account
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.replay import accounts as replayed

BASE = "http://p"
ORGANIZATIONS = "/api/1/organizations/"
FILE = {
    "organization": "b7bbfedc-2448-4135-a6c7-104548d396e7",
    "dataset": "f868cca6-8da1-4369-a78d-47463f19a9a3",
    "resource": "4babf5f2-6a9c-45b5-9144-ca5eae6a7a6d",
    "reuse": "970aafa0-3778-4d8b-b9d1-de937525e379",
}
THREE = DataGouv(
    [
        account("Ville de Rennes", "21350238800019", 2, id="a" * 24, like=Dataset(reuses=2)),
        Account("b" * 24, "brest", "Brest Métropole", badges=("local-authority", "certified")),
        account("Rennes Métropole", "24350013900189", 1, like=Dataset(archived="2022-01-01")),
    ],
    deleted=["d" * 24],
)


def ask(path: str, headers: dict[str, str] | None = None, **query: str) -> Answer:
    return THREE.answer(Ask(BASE, path, query, headers or {}))


def listed(path: str, headers: dict[str, str] | None = None, **query: str) -> Any:
    return json.loads(ask(path, headers, **query).body)


def file(kind: str, platform: DataGouv = THREE, headers: dict[str, str] | None = None) -> Answer:
    link = platform.answer(Ask(BASE, f"/api/1/datasets/r/{FILE[kind]}"))
    assert link.status == 302
    path = link.headers["Location"].removeprefix(BASE)
    return platform.answer(Ask(BASE, path, {}, headers or {}))


def rows(kind: str) -> list[list[str]]:
    text = io.StringIO(file(kind).body.decode(), newline="")
    return list(csv.reader(text, delimiter=";", strict=True))


def test_a_list_has_the_envelope_of_udata() -> None:
    page = listed(ORGANIZATIONS, page="2", page_size="1")
    assert {k: v for k, v in page.items() if k != "data"} == {
        "page": 2,
        "page_size": 1,
        "total": 3,
        "next_page": f"{BASE}{ORGANIZATIONS}?page_size=1&page=3",
        "previous_page": f"{BASE}{ORGANIZATIONS}?page_size=1&page=1",
    }
    assert [a["name"] for a in page["data"]] == ["Brest Métropole"]
    assert listed(ORGANIZATIONS)["page_size"] == 20
    assert listed(ORGANIZATIONS)["next_page"] is None


def test_a_mask_keeps_only_the_fields_it_names() -> None:
    mask = {"x-fields": "data{name,metrics{datasets},badges{kind}},next_page"}
    assert listed(ORGANIZATIONS, mask, page_size="1") == {
        "data": [
            {
                "name": "Ville de Rennes",
                "metrics": {"datasets": 2},
                "badges": [{"kind": "local-authority"}],
            }
        ],
        "next_page": f"{BASE}{ORGANIZATIONS}?page_size=1&page=2",
    }


def test_a_figure_of_zero_is_left_out() -> None:
    _, brest, archived = listed(ORGANIZATIONS)["data"]
    assert "datasets" not in brest["metrics"]
    assert "datasets" not in archived["metrics"]


def test_accounts_are_searched_by_name() -> None:
    found = listed(ORGANIZATIONS, q="rennes")["data"]
    assert [a["name"] for a in found] == ["Ville de Rennes", "Rennes Métropole"]


@pytest.mark.parametrize("name", ["b" * 24, "brest"])
def test_an_account_is_found_by_id_and_slug(name: str) -> None:
    assert listed(f"{ORGANIZATIONS}{name}/")["slug"] == "brest"


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        (f"{ORGANIZATIONS}inconnu/", {}, 404),
        (f"{ORGANIZATIONS}{'d' * 24}/", {}, 410),
        (ORGANIZATIONS, {"page_size": "0"}, 400),
        (ORGANIZATIONS, {"page": "x"}, 400),
        ("/api/1/datasets/r/inconnu", {}, 404),
        ("/resources/x/export-inconnu-1.csv", {}, 404),
        ("/", {}, 404),
    ],
)
def test_errors_are_those_of_udata(path: str, query: dict[str, str], status: int) -> None:
    answer = ask(path, **query)
    assert answer.status == status
    assert "message" in json.loads(answer.body)


def test_datasets_are_listed_without_archived_ones_and_by_account() -> None:
    page = listed("/api/1/datasets/")
    assert page["total"] == 2
    assert {d["organization"]["id"] for d in page["data"]} == {"a" * 24}
    assert listed("/api/1/datasets/", organization="b" * 24)["total"] == 0
    assert len({d["id"] for d in page["data"]}) == 2


def test_the_file_of_accounts_has_one_header_twice() -> None:
    header, *accounts = rows("organization")
    assert header.count("metric.dataservices") == 2
    assert [r[header.index("metric.datasets")] for r in accounts] == ["2", "0", "0"]
    assert accounts[1][header.index("badges")] == "local-authority,certified"


def test_the_file_of_datasets_has_the_traps_of_the_real_one() -> None:
    header, *datasets = rows("dataset")
    first = dict(zip(header, datasets[0], strict=True))
    assert [r[header.index("archived")] for r in datasets] == ["False", "False", "2022-01-01"]
    assert first["license"] == "Licence Ouverte / Open Licence version 2.0"
    assert first["metric.reuses_by_months"].startswith("{'")
    assert "\n" in first["description"]
    assert '"' in first["description"]
    assert "last_update" not in header
    assert b';"0.78";' in file("dataset").body
    assert b";False;" in file("dataset").body


def test_every_file_has_as_many_cells_as_its_header() -> None:
    for kind in FILE:
        header, *others = rows(kind)
        assert {len(r) for r in others} == {len(header)}
    assert len(rows("reuse")) == 1 + 4
    assert len(rows("resource")) == 1 + 3


def test_a_file_is_cached_and_can_go_on_from_the_middle() -> None:
    whole = file("organization")
    etag = whole.headers["ETag"]
    assert file("organization", headers={"if-none-match": etag}).status == 304
    rest = file("organization", headers={"range": "bytes=10-", "if-range": etag})
    assert (rest.status, rest.body) == (206, whole.body[10:])
    assert rest.headers["Content-Range"].startswith("bytes 10-")
    assert file("organization", headers={"range": "bytes=10-", "if-range": '"x"'}).status == 200


def test_a_thousand_accounts_are_served_in_about_a_second() -> None:
    platform = DataGouv([account(f"Commune {i}", nb_jeux=i % 60) for i in range(1_000)])
    start = time.process_time()
    for kind in ("organization", "dataset", "resource"):
        assert file(kind, platform).status == 200
    assert time.process_time() - start < 5  # about 0.7 on the slowest machine seen


COUNTS = st.integers(0, 5)


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("nb_jeux", "nb_licence_ouverte", "nb_format_ouvert", "nb_schema"), COUNTS)
    )
)
@settings(max_examples=50)
def test_replayed_rows_make_as_many_datasets(row: dict[str, int]) -> None:
    cells = {"identifiant": "a" * 24, "nom": "A"} | {k: str(v) for k, v in row.items()}
    [found] = replayed([cells])
    number = row["nb_jeux"]
    assert len(found.datasets) == number
    lov2 = sum(d.licence == "lov2" for d in found.datasets)
    assert lov2 == min(number, row["nb_licence_ouverte"])


def test_replay_skips_what_is_only_remembered_and_what_comes_twice() -> None:
    rows = [
        {"identifiant": "a", "nb_jeux": "1"},
        {"identifiant": "a", "nb_jeux": "2"},
        {"identifiant": "b", "nb_jeux": "1", "absent_depuis": "2022-01-01"},
    ]
    assert [(a.id, len(a.datasets)) for a in replayed(rows)] == [("a", 2)]
