"""The check digit of a SIREN: the library's verdict, at the speed of a table look-up."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from observatoire.validate.checks import siren_cle


@settings(max_examples=100)
@given(st.integers(0, 999_999_999))
def test_the_verdict_is_that_of_the_library(number: int) -> None:
    siren = f"{number:09}"
    assert siren_cle.sound(siren) == luhn.is_valid(siren)


def test_a_cell_without_the_shape_of_a_siren_is_not_judged() -> None:
    assert [siren_cle.sound(c) for c in ("", "12", "1234567890", "24350013٩", "abcdefghi")] == [
        True
    ] * 5


def test_the_swaps_of_neighbouring_digits_that_are_valid() -> None:
    assert "243500139" in siren_cle.swaps("243500193")
    assert all(luhn.is_valid(s) for s in siren_cle.swaps("243500193"))
