"""Numbers through Datami: what JavaScript reads and writes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.publish.datami import javascript


@pytest.mark.parametrize(
    ("kind", "cell", "written"),
    [
        ("integer", "007", "7"),
        ("integer", "12abc", "12"),
        ("integer", "9007199254740993", "9007199254740992"),
        ("integer", "-3.7", "-3"),
        ("integer", "0x1F", "31"),
        ("integer", "abc", "abc"),
        ("number", "48.10", "48.1"),
        ("number", "1,5", "1,5"),
        ("number", "1e-7", "1e-7"),
        ("number", "0.000001", "0.000001"),
        ("number", "1e21", "1e+21"),
        ("number", "123456789012345680000", "123456789012345680000"),
        ("number", "0x10", "16"),
        ("number", "Infinity", "Infinity"),
        ("number", "12abc", "12abc"),
        ("string", "007", "007"),
        ("boolean", "1.0", "1.0"),
    ],
)
def test_a_typed_cell_is_rewritten_as_javascript_does(kind: str, cell: str, written: str) -> None:
    assert javascript.convert(cell, kind, cell) == written


@pytest.mark.parametrize("kind", ["number", "integer"])
@pytest.mark.parametrize("cell", ["0", "0.0", "-0", "000"])
def test_zero_counts_as_no_number_and_stays_as_written(kind: str, cell: str) -> None:
    assert javascript.convert(cell, kind, cell) == cell


@given(st.floats(allow_nan=False).filter(bool))
def test_a_number_once_written_is_stable(value: float) -> None:
    written = javascript.show(value)

    assert javascript.convert(written, "number", written) == written
    assert float(written) == value
