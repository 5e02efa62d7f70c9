"""What Datami makes of a file, and the form of file that it leaves alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.publish.datami.roundtrip import read, save
from observatoire.table import Table, serialize

SAFE = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp"), exclude_characters='"'
    ),
    max_size=12,
).map(str.strip)


def table_of(rows: list[list[str]]) -> Table:
    return Table(("siren", "nom", "lieu", "statut"), [(*row, "actif") for row in rows])


@settings(max_examples=100)
@given(st.lists(st.lists(SAFE, min_size=3, max_size=3), max_size=8))
def test_a_canonical_table_survives_an_untouched_save(rows: list[list[str]]) -> None:
    text = serialize(table_of(rows)).decode()

    assert save(text, ",", {}) == text


@settings(max_examples=100)
@given(st.lists(st.lists(SAFE, min_size=3, max_size=3), min_size=1, max_size=8))
def test_datami_reads_every_cell_of_a_canonical_table(rows: list[list[str]]) -> None:
    text = serialize(table_of(rows)).decode()

    assert read(text, ",", {}) == list(table_of(rows).records())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a,b\n1,\n", "a,b\n1,undefined\n"),
        ("a,b\n1\n", "a,b\n1,undefined\n"),
        ("a,b\n1,2,3\n", "a,b\n1,2\n"),
        ("a,b\r\n1,2\r\n", "a,b\n1,2\n"),
        ("a,b\n1,2", "a,b\n1,2\n"),
        ("a,b\n\n1,2\n", "a,b\n1,2\n"),
        ("a,b\n 1 , 2 \n", "a,b\n1,2\n"),
        ('"a","b"\n"1","2"\n', '"a","b"\nundefined,undefined\n'),
        ("a,a\n1,2\n", "a,a\n2,2\n"),
        ('a,b\n"x ""y"" z",2\n', 'a,b\nx ""y"" z,2\n'),
        ("\ufeffa,b\n1,2\n", "a,b\n1,2\n"),
    ],
)
def test_a_file_out_of_the_profile_is_changed(before: str, after: str) -> None:
    assert save(before, ",", {}) == after


def test_a_stray_quote_swallows_a_line_break() -> None:
    before = 'a,b\nL"Isle,2\n3,4\n'

    assert save(before, ",", {}).count("\n") < before.count("\n")


def test_typed_columns_are_rewritten_as_numbers() -> None:
    types = {"a": "integer", "b": "number"}

    assert save("a,b\n007,48.10\n", ",", types) == "a,b\n7,48.1\n"


def test_a_cell_with_the_separator_keeps_its_quotes() -> None:
    text = 'a,b\n"Rennes, centre",oui\n'

    assert save(text, ",", {}) == text
