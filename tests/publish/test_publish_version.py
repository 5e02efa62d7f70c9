"""The number of a version, computed from what changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_register import edited, files, register

from observatoire import schema
from observatoire.model import Malformed
from observatoire.publish import version
from observatoire.publish.compatibility import Level, of_schema
from observatoire.publish.differences import changes
from observatoire.register import Register

FIELD = {"name": "nom", "type": "string", "title": "Nom"}


def level(before: dict[str, Any], after: dict[str, Any]) -> Level:
    one, other = (
        schema.parse("t", json.dumps({"fields": [{"name": "cle"}, FIELD | f], "primaryKey": "cle"}))
        for f in (before, after)
    )
    return of_schema(one, other)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {}, Level.NONE),
        ({}, {"title": "Nom complet"}, Level.PATCH),
        ({}, {"example": "Rennes"}, Level.PATCH),
        ({}, {"name": "libelle"}, Level.MAJOR),
        ({}, {"type": "integer"}, Level.MAJOR),
        ({}, {"constraints": {"required": True}}, Level.MAJOR),
        ({"constraints": {"required": True}}, {}, Level.MINOR),
        ({}, {"constraints": {"pattern": "a+"}}, Level.MAJOR),
        ({"constraints": {"pattern": "a+"}}, {}, Level.MINOR),
        ({"constraints": {"enum": ["a"]}}, {"constraints": {"enum": ["a", "b"]}}, Level.MINOR),
        ({"constraints": {"enum": ["a", "b"]}}, {"constraints": {"enum": ["a"]}}, Level.MAJOR),
        ({"constraints": {"minimum": 0}}, {"constraints": {"minimum": 1}}, Level.MAJOR),
        ({"constraints": {"maximum": 9}}, {"constraints": {"maximum": 10}}, Level.MINOR),
    ],
)
def test_a_change_of_schema_is_classified(
    before: dict[str, Any], after: dict[str, Any], expected: Level
) -> None:
    assert level(before, after) is expected


def test_a_column_added_moved_or_removed_is_major() -> None:
    def of(*names: str) -> schema.Schema:
        return schema.parse("t", json.dumps({"fields": [{"name": n} for n in names]}))

    assert of_schema(of("a", "b"), of("a", "b", "c")) is Level.MAJOR
    assert of_schema(of("a", "b"), of("b", "a")) is Level.MAJOR
    assert of_schema(of("a", "b"), of("a")) is Level.MAJOR


def test_a_value_that_changes_is_a_patch() -> None:
    moved = changes(register(), register(**edited("publications", ",57,3,", ",61,3,")))

    assert [(c.table, c.changed, c.level) for c in moved] == [("publications", 1, Level.PATCH)]


def test_a_line_that_comes_or_goes_is_minor() -> None:
    line = "219300597,Syndicat mixte du nord parisien,AGCT,93,,,,120000,,,actif\n"
    gone = register(**edited("organisations", line, ""))

    assert [(c.removed, c.level) for c in changes(register(), gone)] == [(1, Level.MINOR)]
    assert [(c.added, c.level) for c in changes(gone, register())] == [(1, Level.MINOR)]


def test_a_column_of_a_generated_table_moves_the_number_too() -> None:
    after = files()
    described = json.loads(after["schemas/vue-datami.json"])
    described["fields"].insert(3, {"name": "note", "type": "string"})
    after["schemas/vue-datami.json"] = json.dumps(described).encode()
    (change,) = changes(register(), Register(after))

    assert (change.table, change.level) == ("vue-datami", Level.MAJOR)
    assert change.words == ("colonne « note » ajoutée",)
    del after["schemas/vue-datami.json"]
    assert [c.level for c in changes(register(), Register(after))] == [Level.MAJOR]


def test_what_the_bot_remembers_moves_no_number() -> None:
    after = files()
    after["data/refus.csv"] += b"publications,x,nb_jeux,1,,,2026-01-01\n"
    after["data/moissons/datagouv.csv"] = b"anything"

    assert changes(register(), Register(after)) == []


def test_a_new_table_is_minor_and_a_lost_one_major() -> None:
    less = files()
    del less["data/chiffres_publies.csv"]

    assert changes(Register(less), register())[0].level is Level.MINOR
    assert changes(register(), Register(less))[0].level is Level.MAJOR


def test_the_first_version_is_one() -> None:
    assert version.following("", Level.MAJOR) == "v1.0.0"


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.sampled_from(list(Level)[1:]))
def test_the_next_version_is_higher(major: int, minor: int, patch: int, level: Level) -> None:
    last = f"v{major}.{minor}.{patch}"
    after = version.following(last, level)

    assert version.newest([last, after, "v0", "main", "v01.2.3"]) == after


def test_numbers_are_compared_as_numbers() -> None:
    assert version.newest(["v1.9.0", "v1.10.0", "v1.2.0"]) == "v1.10.0"
    assert version.newest([]) == ""


def test_a_person_may_choose_a_higher_number_only() -> None:
    assert version.chosen("2.0.0", "v1.2.0", Level.PATCH) == "v2.0.0"
    with pytest.raises(Malformed, match="trop basse"):
        version.chosen("1.2.1", "v1.2.0", Level.MINOR)
    with pytest.raises(Malformed, match="numéro de version"):
        version.chosen("deux", "v1.2.0", Level.MINOR)
