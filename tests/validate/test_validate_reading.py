"""Reading into columns gives what the careful reading gives, or leaves it the file."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import intake
from observatoire.validate import reading

NAMES = ("a", "b", "c")
CELL = st.text("xyé ;|1.0", max_size=4) | st.just('"x,y"') | st.just('"é"')
BODY = st.lists(st.lists(CELL, min_size=3, max_size=3).map(",".join)).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
NOISE = st.text('abc,"\n\r\x00\x1f\ufeff;é ', max_size=60)


@settings(max_examples=100)
@given(BODY)
def test_a_plain_file_is_cut_into_the_columns_of_the_careful_reading(body: str) -> None:
    data = f"a,b,c\n{body}".encode()
    rows = intake.parse(data, "t.csv", NAMES).rows
    plain = reading.columns(data, NAMES)
    assert plain is not None
    assert plain.columns == [[r[i] for r in rows] for i in range(3)]


@settings(max_examples=100)
@given(NOISE | NOISE.map("a,b,c\n".__add__) | BODY.map("a,b,c\n".__add__), NOISE)
def test_any_file_is_read_alike_or_left(text: str, end: str) -> None:
    data = (text + end).encode()
    plain = reading.columns(data, NAMES)
    if plain is not None:
        rows = intake.parse(data, "t.csv", NAMES).rows
        assert plain.columns == [[r[i] for r in rows] for i in range(3)]
        if plain.trimmed:
            assert all(c == c.strip(" ") for r in rows for c in r)


def test_bytes_that_are_no_text_are_left() -> None:
    assert reading.columns(b"a,b,c\n\xe9,,\n", NAMES) is None
    assert reading.columns(b"a,b,c\n1,2,3", NAMES) is None
    assert reading.columns(b"a,b,c\n1," + b"x" * 100_001 + b",3\n", NAMES) is None
