"""A JSON array is read whatever way it is cut, and never held whole."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire.model import SourceError
from observatoire.sources.kit import bigjson


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


def read(data: bytes, size: int = 7) -> list[Any]:
    async def work() -> list[Any]:
        return [item async for item in bigjson.objects(pieces(data, size), "export")]

    return asyncio.run(work())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.text(max_size=3), VALUES, max_size=3), max_size=4),
    st.integers(1, 40),
    st.sampled_from([None, 1]),
    st.booleans(),
)
@settings(max_examples=80)
def test_any_array_of_objects_comes_back_however_it_is_cut(
    items: list[Any], size: int, indent: int | None, ascii_only: bool
) -> None:
    data = json.dumps(items, indent=indent, ensure_ascii=ascii_only).encode()
    assert read(data, size) == items


def test_a_mark_at_the_start_and_blanks_around_are_no_trouble() -> None:
    assert read(b'\xef\xbb\xbf \n[ {"a": 1} ,\t{} ]\r\n ') == [{"a": 1}, {}]


WHOLE = b'[{"a": "\xc3\xa9"}, {"b": [1, 2]}]'


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 9))
def test_an_array_that_is_cut_anywhere_is_an_error(length: int, size: int) -> None:
    with pytest.raises(SourceError, match=r"^export : "):
        read(WHOLE[:length], size)


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "s'arrête avant sa fin"),
        (b'{"error": "x"}', "n'est pas une liste d'objets"),
        (b"[1, 2]", "n'est pas une liste d'objets"),
        (b"[{},]", "n'est pas une liste d'objets"),
        (b"[,{}]", "n'est pas une liste d'objets"),
        (b"[{} {}]", "n'est pas une liste d'objets"),
        (b"[{}] x", "n'est pas une liste d'objets"),
        (b"[{}][{}]", "n'est pas une liste d'objets"),
        (b'[{"a": }]', "s'arrête avant sa fin"),
        (b"<html></html>", "n'est pas une liste d'objets"),
        (b'[{"a": "\xe9"}]', "n'est pas en UTF-8"),
        (b'[{"a": "\xc3', "n'est pas en UTF-8"),
        (b'[{"a": ' + b"[" * 100_000, "un élément est illisible"),
        (b'[{"a": ' + b"9" * 5_000 + b"}]", "un élément est illisible"),
    ],
)
def test_anything_else_is_an_error(data: bytes, cause: str) -> None:
    with pytest.raises(SourceError, match=cause):
        read(data, 4_096)


def test_an_object_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bigjson, "LONGEST_OBJECT", 10_000)
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        yield b'[{"a": "'
        while True:
            taken += 1_000
            yield b"x" * 1_000

    async def work() -> None:
        async for _ in bigjson.objects(endless(), "export"):
            pass

    with pytest.raises(SourceError, match="n'en finit pas"):
        asyncio.run(work())
    assert taken < 50_000


def test_small_objects_behind_a_large_one_come_as_they_arrive() -> None:
    given: list[int] = []

    async def slowly() -> AsyncIterator[bytes]:
        yield b'[{"a": "' + b"x" * 10_000
        yield b'"}' + b", {}" * 4_000
        for number in range(8):
            given.append(number)
            yield b', {"b": 1}'
        yield b"]"

    async def work() -> list[int]:
        return [len(given) async for _ in bigjson.objects(slowly(), "export")]

    assert asyncio.run(work())[-9:] == [0, 1, 2, 3, 4, 5, 6, 7, 8]


def test_a_large_object_in_small_pieces_takes_time_in_proportion() -> None:
    data = json.dumps([{"a": "x" * 2_000_000}]).encode()
    start = time.process_time()
    assert len(read(data, 4_096)) == 1
    assert time.process_time() - start < 5  # about 0.3 on a slow machine
