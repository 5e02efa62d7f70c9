"""What a person most likely meant by a cell that is written otherwise."""

from __future__ import annotations

import pytest

from observatoire.schema import Field
from observatoire.validate import slips
from observatoire.validate.slips import Slip

SIREN = Field("siren", pattern="[0-9]{9}")
URL = Field("url", pattern=r"https?://[^\s<>\"]+")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        *(("12 jeux", "12"), ("~12", "12"), ("12+", "12"), (">10", "10"), ("env. 1200", "1200")),
        *(("1 234 hab.", "1234"), ("1.234", "1234"), ("(57)", "57"), ("1\u202f200 €", "1200")),
        *(("1,060", "1060"), ("20.000", "20000"), ("1'234", "1234"), ("1,06", ""), ("12,5 %", "")),
        *(("douze", ""), ("10-12", ""), ("12/2022", ""), ("1e3", ""), ("l2 3", ""), ("", "")),
    ],
)
def test_a_count_among_words_is_found(cell: str, meant: str) -> None:
    assert slips.likely_number(cell, "integer") == meant


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("43,6°", "43.6"),
        ("43° 35' N", "43.583333"),
        ("3°52'32\"E", "3.875556"),
        ("1° 40’ 45,84” O", "-1.6794"),
        ("-1°40'45.84\"", "-1.6794"),
        ("43.603.956", "43.603956"),
        ("43.583991, 3.761229", ""),
        ("43°", ""),
        ("au nord", ""),
    ],
)
def test_an_angle_is_turned_into_decimals(cell: str, meant: str) -> None:
    assert slips.likely_number(cell, "number") == meant


@pytest.mark.parametrize(
    ("cell", "whole", "meant"),
    [("43611024", 2, "43.611024"), ("-16794", 1, "-1.6794"), ("436", 2, ""), ("43.6", 2, "")],
)
def test_a_lost_point_is_put_back_where_coordinates_have_it(
    cell: str, whole: int, meant: str
) -> None:
    assert slips.pointed(cell, whole) == meant


@pytest.mark.parametrize(
    ("cell", "field", "slip"),
    [
        ("'213402159", SIREN, Slip("213402159", "sans apostrophe devant")),
        ("SIREN 213402241", SIREN, Slip("213402241", "le numéro seul")),
        ("n° 213 402 316", SIREN, Slip("213402316", "le numéro seul")),
        ("213402027.0", SIREN, Slip("213402027", "le numéro seul")),
        ("213402027 ou 213402159", SIREN, None),
        ("https:// www.data.gouv.fr/x", URL, Slip("https://www.data.gouv.fr/x")),
        ("<https://www.data.gouv.fr/x>", URL, Slip("https://www.data.gouv.fr/x")),
    ],
)
def test_a_code_is_found_among_what_was_typed_with_it(
    cell: str, field: Field, slip: Slip | None
) -> None:
    found = slips.shape(cell, field)
    assert (found and found.fix) == (slip and slip.fix)
    if slip and slip.words:
        assert found == slip
        assert slip.english


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("lundi 3 octobre 2022", "2022-10-03"),
        ("12-mars-2022", "2022-03-12"),
        ("1er mars 2022", "2022-03-01"),
    ],
)
def test_a_date_in_words_is_certain(cell: str, day: str) -> None:
    assert (slips.day(cell) or Slip("")).fix == day


@pytest.mark.parametrize(
    ("cell", "day"), [("12-mars-22", "2022-03-12"), ("mars 2022", ""), ("2022", ""), ("hier", "")]
)
def test_a_date_without_its_century_is_likely(cell: str, day: str) -> None:
    assert slips.day(cell) is None
    assert slips.likely_day(cell) == day


@pytest.mark.parametrize("cell", ["1,000", "20.000", "999,000"])
def test_what_may_be_thousands_or_decimals_is_not_repaired(cell: str) -> None:
    assert slips.integer(cell) is None


@pytest.mark.parametrize(("cell", "meant"), [("20.0", "20"), ("20.00", "20"), ("1 200,0", "1200")])
def test_needless_decimals_are_dropped(cell: str, meant: str) -> None:
    assert (slips.integer(cell) or Slip("")).fix == meant


@pytest.mark.parametrize("cell", ["\u22121.67", "\u20131.67"])
def test_a_dash_before_a_number_is_the_minus_of_the_keyboard(cell: str) -> None:
    assert slips.number(cell) == Slip("-1.67", "avec le signe moins du clavier")
    assert slips.number("-1.67") is None


@pytest.mark.parametrize(
    ("cell", "fix", "words"),
    [
        ("20,0", "20", "sans partie décimale"),
        ("20.0", "20", "sans partie décimale"),
        ("1 234", "1234", "sans espace entre les chiffres"),
    ],
)
def test_a_whole_number_is_asked_for_without_decimals(cell: str, fix: str, words: str) -> None:
    assert slips.integer(cell) == Slip(fix, words)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("23/11/22", "2022-11-23"),
        ("23.11.2022", "2022-11-23"),
        ("11/23/2022", "2022-11-23"),
        ("11/23/22", "2022-11-23"),
        ("23/23/22", ""),
    ],
)
def test_a_short_date_is_read_as_in_french_then_as_in_english(cell: str, day: str) -> None:
    assert slips.likely_day(cell) == day


def test_hours_and_other_marks_have_their_own_words() -> None:
    assert slips.day("2026-11-23T08:00:00") == Slip("2026-11-23", "sans l'heure")
    assert slips.day("2026/11/3") == Slip(
        "2026-11-03", "avec des tirets et deux chiffres par élément"
    )
