"""Reading Table Schemas, and the rules that every schema of the register follows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from observatoire import schema

ROOT = Path(__file__).parents[1]
SCHEMAS = [
    pytest.param(schema.parse(p.stem, p.read_bytes()), id=p.stem)
    for p in sorted((ROOT / "schemas").glob("*.json"))
]


def test_a_field_carries_its_rules() -> None:
    parsed = schema.parse(
        "t",
        json.dumps(
            {
                "title": "T",
                "fields": [
                    {"name": "a", "constraints": {"required": True, "pattern": "[0-9]+"}},
                    {"name": "b", "type": "integer", "constraints": {"minimum": 0, "maximum": 9}},
                    {"name": "c", "separator": "|", "constraints": {"enum": ["x", "y"]}},
                ],
                "primaryKey": ["a", "b"],
                "foreignKeys": [{"fields": "c", "reference": {"resource": "", "fields": "a"}}],
            }
        ),
    )
    a, b, c = parsed.fields
    assert (a.required, a.type, a.title) == (True, "string", "a")
    assert (b.minimum, b.maximum, b.required) == (0, 9, False)
    assert (c.separator, c.enum) == ("|", ("x", "y"))
    assert (parsed.columns, parsed.primary_key) == (("a", "b", "c"), ("a", "b"))
    assert parsed.foreign_keys == (schema.ForeignKey(("c",), "", ("a",)),)
    assert parsed.field("b") is b


def test_a_pattern_is_anchored_at_both_ends_whatever_its_alternatives() -> None:
    pattern = schema.Field("x", pattern="[0-9]{2}|9[78][0-9]").compiled
    assert pattern is not None
    assert [bool(pattern.fullmatch(c)) for c in ("35", "974", "35x", "35\n", "x35")] == [
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("described", SCHEMAS)
def test_the_last_column_is_required_for_datami_loses_an_empty_last_cell(
    described: schema.Schema,
) -> None:
    assert described.fields[-1].required


@pytest.mark.parametrize("described", SCHEMAS)
def test_keys_are_strings_that_exist(described: schema.Schema) -> None:
    assert described.primary_key
    assert {described.field(n).type for n in described.primary_key} == {"string"}


@pytest.mark.parametrize("described", SCHEMAS)
def test_every_field_says_what_it_is_in_french(described: schema.Schema) -> None:
    assert described.title
    assert described.description
    assert [f.name for f in described.fields if not (f.title and f.description)] == []


@pytest.mark.parametrize("described", SCHEMAS)
def test_alternatives_of_a_pattern_are_grouped_for_frictionless_anchors_only_the_ends(
    described: schema.Schema,
) -> None:
    loose = [f.name for f in described.fields if "|" in _outside_groups(f.pattern)]
    assert loose == []


def _outside_groups(pattern: str) -> str:
    depth, out = 0, ""
    for char in pattern:
        depth += {"(": 1, ")": -1}.get(char, 0)
        out += "" if depth else char
    return out


@pytest.mark.parametrize("described", SCHEMAS)
def test_examples_follow_the_rules_of_their_field(described: schema.Schema) -> None:
    for field in described.fields:
        parts = field.example.split("|") if field.separator else [field.example]
        if field.example and field.compiled:
            assert all(field.compiled.fullmatch(p) for p in parts), field.name
        if field.example and field.enum:
            assert set(parts) <= set(field.enum), field.name
