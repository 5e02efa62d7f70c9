"""The canonical spelling of a cell, and its reading with frictionless's verdict."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from frictionless import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import cells
from observatoire.schema import Field

NUMBERS = st.text("0123456789.,-+eE_ \u00a0\u0665NnaIfi", max_size=8)
DATES = st.text("0123456789-/ \u0665", max_size=10) | st.dates().map(str)
TEXT = st.text(max_size=8)


@pytest.mark.parametrize(
    ("kind", "cell", "spelt"),
    [
        ("integer", "007", "7"),
        ("integer", "+5", "5"),
        ("integer", "1_000", "1000"),
        ("integer", "57.0", "57.0"),
        ("integer", "", ""),
        ("number", "48.10", "48.1"),
        ("number", "-0.0", "0"),
        ("number", ".5", "0.5"),
        ("number", "5.", "5"),
        ("number", "1e3", "1000"),
        ("number", "1e999999", "1e999999"),
        ("number", "NaN", "NaN"),
        ("number", "48,1", "48,1"),
        ("number", "0.125", "0.125"),
        ("date", "2022-1-5", "2022-01-05"),
        ("date", "23/11/2022", "23/11/2022"),
        ("string", "  E\u0301vry\u00a0", "Évry"),
        ("string", "1.0", "1.0"),
    ],
)
def test_a_cell_is_spelt_by_its_type(kind: str, cell: str, spelt: str) -> None:
    assert cells.speller(Field("x", kind))(cell) == spelt


def test_values_are_sorted_without_repeats() -> None:
    assert cells.speller(Field("x", separator="|"))(" b|a||b ") == "a|b"


@settings(max_examples=100)
@given(st.sampled_from(["integer", "number", "date", "string"]), NUMBERS | DATES | TEXT)
def test_spelling_is_idempotent_and_keeps_the_value(kind: str, cell: str) -> None:
    spell, read = cells.speller(Field("x", kind)), cells.reader(kind)
    once = spell(cell)
    assert spell(once) == once
    if kind != "string" and read(cell) is not None and "n" not in cell.lower():
        assert read(once) == read(cell)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("integer", fields.IntegerField(name="x")),
        ("number", fields.NumberField(name="x")),
        ("date", fields.DateField(name="x")),
    ],
)
@settings(max_examples=100)
@given(cell=NUMBERS | DATES | TEXT)
def test_a_cell_is_read_as_frictionless_reads_it(
    kind: str, field: fields.NumberField, cell: str
) -> None:
    target, notes = field.read_cell(cell)
    if cell:
        value = cells.reader(kind)(cell)
        assert (value is None) == bool(notes)
        assert repr(value) == repr(target)


def test_values_are_typed() -> None:
    assert cells.reader("integer")(" 12 ") == 12
    assert cells.reader("number")("1.50") == Decimal("1.5")
    assert cells.reader("date")("2022-12-31") == date(2022, 12, 31)
    assert cells.reader("string")("x") == "x"
