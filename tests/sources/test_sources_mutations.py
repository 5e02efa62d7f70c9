"""Answers in which anything may be anything else: rows that the register admits, or a sentence."""

from __future__ import annotations

import asyncio
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_bench import BREST, RENNES, SCHEMA, assert_fit, read
from test_sources_technologies import TECHNOLOGIES

from observatoire.demo.ckan import Ckan
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.sources import discover


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    portal = Portal(Ckan([]))
    with Simulator(portal):
        yield portal


ODD: st.SearchStrategy[Any] = st.sampled_from(
    [
        *(None, True, False, 0, -1, 3, 2.5, 10**30, 1e308, float("nan"), float("inf")),
        *("", " ", "x", "2022-01-01", "jeu, 19/12/2019", "https://creativecommons.org/", "\u202e"),
        *([], [None], [[]], [{}], {}, {"name": None}, {"key": "harvest_source_id"}, "9" * 400),
    ]
)
CHANGES = st.lists(st.tuples(st.integers(0, 10_000), ODD), min_size=1, max_size=3)


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and under which key."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    found = [(value, key) for key, _ in inside]
    for holder, key in list(found):
        if isinstance(holder[key], dict | list):
            found += nodes(holder[key])
    return found


def mutated(body: bytes, changes: list[tuple[int, Any]]) -> bytes:
    document = json.loads(body)
    for number, odd in changes:
        places = nodes(document)
        holder, key = places[number % len(places)]
        holder[key] = copy.deepcopy(odd)
    return json.dumps(document).encode()


@pytest.mark.parametrize("id", TECHNOLOGIES)
@given(CHANGES)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_changes_in_an_answer_nothing_crashes(
    portal: Portal, id: str, changes: list[tuple[int, Any]]
) -> None:
    def spoil(_: Ask, answer: Answer) -> Answer:
        if answer.status != 200:
            return answer
        return Answer(200, mutated(answer.body, changes))

    portal.face, portal.faults = TECHNOLOGIES[id].face([RENNES, BREST]), [Fault(spoil)]
    portal.asked.clear()
    try:
        rows = list(asyncio.run(read(discover()[id], portal)))
    except SourceError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert_fit(rows, SCHEMA)
        assert all(row["nb_jeux"] for row in rows)
    assert sentence.endswith(".")
    assert "\n" not in sentence
