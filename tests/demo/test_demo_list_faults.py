"""Faults of lists spoil any technology's pages, and only them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from observatoire.demo import list_faults
from observatoire.demo.faces import Answer, Ask, Fault

ASK = Ask("http://p", "/liste")


def spoilt(fault: Fault, *pages: Any) -> list[Any]:
    answers = (fault.apply(ASK, Answer(200, json.dumps(p).encode())) for p in pages)
    return [json.loads(a.body) for a in answers]


def test_a_list_repeats_its_first_page_that_has_items() -> None:
    empty, one, two = ({"count": 2, "results": r} for r in ([], [1], [2]))
    assert spoilt(list_faults.repeated(), empty, one, two, empty) == [empty, one, one, one]


@pytest.mark.parametrize("key", ["count", "numberMatched", "total", "total_count"])
def test_a_list_announces_one_more_each_time(key: str) -> None:
    pages = spoilt(list_faults.growing(times=2), *({key: 5, "page": 1},) * 3)
    assert [p[key] for p in pages] == [6, 7, 5]
    assert {p["page"] for p in pages} == {1}


def test_what_ckan_wraps_grows_and_empties_too() -> None:
    page = {"success": True, "result": {"count": 5, "results": [1]}}
    assert spoilt(list_faults.growing(), page)[0]["result"]["count"] == 6
    assert spoilt(list_faults.emptied(), page)[0]["result"] == {"count": 5, "results": []}


@pytest.mark.parametrize(
    "fault", [list_faults.repeated(), list_faults.growing(), list_faults.emptied()]
)
def test_errors_and_pages_for_people_are_left_alone(fault: Fault) -> None:
    for answer in (Answer(500, b"{}"), Answer(200, b"<html>", "text/html")):
        assert fault.apply(ASK, answer) == answer
