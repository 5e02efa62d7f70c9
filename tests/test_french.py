"""Numbers, dates and sizes in French."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire import french


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1062", "1\u202f062"),
        ("15.8", "15,8"),
        ("-62", "−62"),
        ("", "–"),
        (0, "0"),
        ("-3.2", "−3,2"),
    ],
)
def test_numbers_have_a_thin_space_and_a_comma(value: str | int, text: str) -> None:
    assert french.number(value) == text


@given(st.integers())
def test_a_whole_number_keeps_its_digits(value: int) -> None:
    assert int(french.number(value).replace(french.THIN, "").replace("−", "-")) == value


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("15.8", "%", "15,8\u202f%"),
        ("868", "organisations", "868"),
        ("", "%", "–"),
    ],
)
def test_a_share_ends_with_its_sign(value: str, unit: str, text: str) -> None:
    assert french.measure(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("-40", "organisations", "−40"),
        ("2", "organisations", "+2"),
        ("-0.6", "%", "−0,6 point"),
        ("3.2", "%", "+3,2 points"),
        ("", "%", ""),
        ("0", "organisations", "0"),
    ],
)
def test_a_gap_has_its_sign(value: str, unit: str, text: str) -> None:
    assert french.gap(value, unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 ligne lue"),
        (1, "1 ligne lue"),
        (2, "2 lignes lues"),
        (1062, "1\u202f062 lignes lues"),
    ],
)
def test_all_the_words_of_a_count_agree_with_it(value: int, text: str) -> None:
    assert french.counted(value, "ligne lue") == text


def test_the_first_of_a_month_is_an_ordinal() -> None:
    assert french.day("2026-01-01") == "1er janvier 2026"
    assert french.day("2022-12-31") == "31 décembre 2022"


def test_what_is_no_date_stays_as_it_is():
    for text in ("", "2026", "2026-13-01", "31-12", "bientôt", "a-b-c", "2026-01-05T10:00:00"):
        assert french.day(text) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 octet"),
        (999, "999 octets"),
        (1500, "1,5 ko"),
        (2_000_000, "2 Mo"),
        (1_000, "1 ko"),
        (1_000_000, "1 Mo"),
    ],
)
def test_sizes_are_in_the_unit_that_people_read(count: int, text: str) -> None:
    assert french.size(count) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0 jeu de données"), (1, "1 jeu de données"), (2, "2 jeux de données")]
)
def test_a_rarer_plural_is_given(value: int, text: str) -> None:
    assert french.counted(value, "jeu de données", "jeux de données") == text
