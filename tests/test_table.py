"""The canonical table and its laws."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import intake, schema
from observatoire.model import Malformed
from observatoire.schema import Field, Schema
from observatoire.table import (
    Table,
    apply_rows,
    canonical,
    from_records,
    keyed,
    line,
    reorder,
    serialize,
)

SCHEMA = Schema(
    "t",
    "",
    "",
    (
        Field("id", required=True),
        Field("nom"),
        Field("n", "integer"),
        Field("x", "number"),
        Field("jour", "date"),
        Field("tags", separator="|"),
        Field("fin", required=True),
    ),
    ("id",),
)
CELL = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\n\r\x00"), max_size=12
) | st.sampled_from(
    [
        "",
        " a ",
        "é",
        "e\u0301",
        "007",
        "1e3",
        "-0",
        "48.10",
        "2022-1-5",
        "b|a|b",
        'l"x',
        "a,b",
        "NaN",
    ]
)
ROWS = st.lists(st.tuples(*[CELL] * len(SCHEMA.fields)), max_size=8)


@settings(max_examples=100)
@given(ROWS)
def test_any_table_survives_writing_then_reading(rows: list[tuple[str, ...]]) -> None:
    table = Table(SCHEMA.columns, rows)
    assert intake.parse(serialize(table), "t.csv", SCHEMA.columns) == table


@settings(max_examples=100)
@given(ROWS)
def test_canonical_is_idempotent_and_its_bytes_read_back_to_themselves(
    rows: list[tuple[str, ...]],
) -> None:
    once = canonical(Table(SCHEMA.columns, rows), SCHEMA)
    assert canonical(once, SCHEMA) == once
    data = serialize(once)
    assert serialize(canonical(intake.parse(data, "t.csv", SCHEMA.columns), SCHEMA)) == data


@settings(max_examples=50)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_lines_and_columns_does_not_change_the_canonical_bytes(
    rows: list[tuple[str, ...]], random: object
) -> None:
    table = Table(SCHEMA.columns, rows)
    columns = list(SCHEMA.columns)
    shuffled = list(rows)
    random.shuffle(columns)  # type: ignore[attr-defined]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = reorder(Table(SCHEMA.columns, shuffled), columns)
    assert serialize(canonical(other, SCHEMA)) == serialize(canonical(table, SCHEMA))


def test_cells_are_spelt_by_their_type_and_lines_sorted_by_key() -> None:
    table = Table(
        SCHEMA.columns,
        [
            ("b", " Évry ", "007", "48.10", "2022-1-5", "z| a |z", "x"),
            ("a", "E\u0301vry", "1 2", "1,5", "hier", "", "x"),
        ],
    )
    assert canonical(table, SCHEMA).rows == [
        ("a", "Évry", "1 2", "1,5", "hier", "", "x"),
        ("b", "Évry", "7", "48.1", "2022-01-05", "a|z", "x"),
    ]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (("a", "b"), "a,b"),
        (("a,b", "c"), '"a,b",c'),
        (('"', "c"), '"""",c'),
        (("", ""), ","),
    ],
)
def test_quotes_only_stand_around_a_cell_that_needs_them(row: tuple[str, ...], text: str) -> None:
    assert line(row) == text


def test_reordering_to_one_column_keeps_rows_as_tuples() -> None:
    assert reorder(Table(("a", "b"), [("1", "2")]), ["b"]) == Table(("b",), [("2",)])


def test_records_by_key_and_back() -> None:
    table = from_records(("a", "b"), [{"a": "1"}, {"b": "2", "a": "3", "c": "9"}])
    assert table.rows == [("1", ""), ("3", "2")]
    assert table.by("a") == {("1",): {"a": "1", "b": ""}, ("3",): {"a": "3", "b": "2"}}
    assert (len(table), table.column("b")) == (2, ["", "2"])


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    described = schema.parse("t", '{"fields": [{"name": "a"}], "primaryKey": "a"}')
    with pytest.raises(Malformed) as caught:
        keyed(Table(("a",), [("1",), ("2",), ("1",)]), described, "t.csv")
    (finding,) = caught.value.findings
    assert (finding.line, finding.key) == (4, ("1",))
    assert "déjà à la ligne 2" in finding.message


def test_rows_are_replaced_added_and_removed_by_key() -> None:
    described = schema.parse("t", '{"fields": [{"name": "a"}, {"name": "b"}], "primaryKey": "a"}')
    table = Table(("a", "b"), [("1", "x"), ("2", "y"), ("4", "z")])
    changed = apply_rows(
        table, described, {("2",): None, ("1",): {"a": "1", "b": "X"}, ("3",): {"a": "3"}}
    )
    assert changed.rows == [("1", "X"), ("3", ""), ("4", "z")]
