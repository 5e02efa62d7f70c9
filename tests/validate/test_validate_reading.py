"""Reading into columns gives what the careful reading gives, or leaves it the file."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import intake
from observatoire.files import Memory
from observatoire.schema import Field, Schema
from observatoire.validate import blocks
from observatoire.validate.store import Plain
from observatoire.validate.survey import survey

NAMES = ("a", "b", "c")
SCHEMA = Schema("t", "", "", tuple(Field(n) for n in NAMES), ("a",))
TODAY = date(2026, 11, 23)
CELL = st.text("xyé ;|1.0", max_size=4) | st.just('"x,y"') | st.just('"é"')
BODY = st.lists(st.lists(CELL, min_size=3, max_size=3).map(",".join)).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)
PATH = "t.csv"


def plain(data: bytes, schema: Schema = SCHEMA) -> Plain | None:
    made = survey(io.BytesIO(data), schema, TODAY, ())
    return made and Plain(Memory({PATH: data}), PATH, schema, made)


def rows_of(store: Plain) -> list[tuple[str, ...]]:
    return [row for _, columns in store.blocks() for row in zip(*columns, strict=True)]


NOISE = st.text('abc,"\n\r\x00\x1f\ufeff;é ', max_size=60)


@settings(max_examples=100)
@given(BODY)
def test_a_plain_file_is_cut_into_the_columns_of_the_careful_reading(body: str) -> None:
    data = f"a,b,c\n{body}".encode()
    rows = intake.parse(data, "t.csv", NAMES).rows
    store = plain(data)
    assert store is not None
    assert store.count == len(rows)
    assert rows_of(store) == list(rows)


@settings(max_examples=100)
@given(NOISE | NOISE.map("a,b,c\n".__add__) | BODY.map("a,b,c\n".__add__), NOISE)
def test_any_file_is_read_alike_or_left(text: str, end: str) -> None:
    data = (text + end).encode()
    store = plain(data)
    if store is not None:
        assert rows_of(store) == list(intake.parse(data, "t.csv", NAMES).rows)


@pytest.mark.parametrize(
    "data",
    [b"a,b,c\n\xe9,,\n", b"a,b,c\n1,2,3", b"a,b,c\n1," + b"x" * 100_001 + b",3\n", b"a,b,c\n1\n"],
)
def test_a_file_that_is_not_plain_is_left(data: bytes) -> None:
    assert plain(data) is None


def test_only_the_lines_out_of_the_grammar_are_suspect() -> None:
    data = 'a,b,c\nRennes,"Lyon, Métropole",\n Rennes,,\nLyon,null,x\n,,\n=1,,\n'.encode()
    store = plain(data)
    assert store is not None
    assert store.suspects == [1, 2, 4]


def test_a_word_of_session_makes_a_line_suspect() -> None:
    schema = Schema("t", "", "", (Field("url", pattern=r"https?://[^\s<>\"]+"), Field("b")))
    lines = ["https://a.fr/x,b", "https://a.fr/?PHPSESSID=1,b", "https://a.fr/y,b"]
    store = plain(("url,b\n" + "".join(f"{x}\n" for x in lines)).encode(), schema)
    assert store is not None
    assert store.suspects == [1]


@settings(max_examples=100)
@given(BODY, st.integers(4, 40))
def test_a_file_is_the_same_whatever_the_size_of_its_blocks(body: str, size: int) -> None:
    data = f"a,b,c\n{body}".encode()
    whole = plain(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "SIZE", size)
        parts = plain(data)
    assert whole is not None
    assert parts is not None
    assert (parts.count, parts.suspects) == (whole.count, whole.suspects)
    rows = rows_of(whole)
    assert rows_of(parts) == rows
    for at in reversed(range(len(rows))):
        first, columns = parts.holding(at)
        assert tuple(c[at - first] for c in columns) == rows[at]
        assert parts.text(at) == body.split("\n")[at]
