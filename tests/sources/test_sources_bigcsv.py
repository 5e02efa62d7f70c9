"""A CSV that comes in pieces gives what the standard reader gives on the whole, in less memory."""

from __future__ import annotations

import asyncio
import csv
import io
import tracemalloc
from collections.abc import AsyncIterator, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.model import SourceError
from observatoire.sources.kit import bigcsv

CELL = st.text(st.sampled_from('a;é"\n\r,'), max_size=6)


def read(pieces: Iterable[bytes], *columns: str) -> list[tuple[str, ...]]:
    async def stream() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    async def work() -> list[tuple[str, ...]]:
        return [r async for r in bigcsv.records(stream(), columns, "fichier.csv")]

    return asyncio.run(work())


def refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        read([data], "a", "b")
    return str(caught.value)


def pieces_of(data: bytes, size: int) -> list[bytes]:
    return [data[i : i + size] for i in range(0, len(data), size)]


@given(st.lists(st.tuples(CELL, CELL)), st.integers(1, 9), st.sampled_from(["\n", "\r\n"]))
def test_any_cut_of_any_file_gives_the_same_cells(
    rows: list[tuple[str, str]], size: int, ending: str
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator=ending)
    writer.writerows([("a", "b"), *rows])
    assert read(pieces_of(text.getvalue().encode(), size), "a", "b") == rows


def test_columns_are_found_by_name_in_any_place() -> None:
    assert read([b"x;b;a\n1;2;3\n"], "a", "b") == [("3", "2")]


def test_a_header_written_twice_counts_by_its_last_column() -> None:
    data = b"a;b;a\n1;2;3\n"
    assert read([data], "a", "b") == [("3", "2")]
    assert next(csv.DictReader(io.StringIO(data.decode()), delimiter=";")) == {"a": "3", "b": "2"}


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert read([b"\xef\xbb", b"\xbfa;b\n1;2\n"], "a", "b") == [("1", "2")]


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "le fichier est vide"),
        (b"a;b", "s'arrête au milieu d'une ligne"),
        (b"a;b\n1;2\n3;", "s'arrête au milieu d'une ligne"),
        (b"a;b\n1;2\n3;4", "s'arrête au milieu d'une ligne"),
        (b'a;b\n1;"deux\n', "s'arrête au milieu d'une ligne"),
        (b"a;b\n1\n", "une ligne compte 1 cellules au lieu de 2"),
        (b"a;b\n1;2;3\n", "une ligne compte 3 cellules au lieu de 2"),
        (b'a;b\n1;"2"x"\n"\n', "une ligne est mal formée"),
        (b"a;c\n1;2\n", "il manque la colonne « b »"),
        (b"a;b\n\xe9;2\n", "n'est pas en UTF-8"),
        (b"a;b\n1;2\xc3", "n'est pas en UTF-8"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused(data: bytes, cause: str) -> None:
    sentence = refusal(data)
    assert sentence.startswith("fichier.csv : ")
    assert cause in sentence


def test_a_quote_left_open_does_not_swallow_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bigcsv, "LONGEST_RECORD", 1_000)
    assert "guillemet est resté ouvert" in refusal(b'a;b\n1;"' + b"x\n" * 1_000)


def test_a_cell_longer_than_the_standard_limit_is_read() -> None:
    long = "x" * 200_000
    assert read([f"a;b\n{long};2\n".encode()], "a", "b") == [(long, "2")]


def test_a_file_of_30_megabytes_passes_in_a_few() -> None:
    line = b'"' + b"description longue " * 200 + b'\nsur deux lignes";2\n'
    many = 30_000_000 // len(line)

    async def stream() -> AsyncIterator[bytes]:
        yield b"a;b\n"
        for _ in range(many // 50):
            yield line * 50

    async def work() -> int:
        return len([r async for r in bigcsv.records(stream(), ("b",), "f")])

    tracemalloc.start()
    try:
        assert asyncio.run(work()) == many // 50 * 50
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
