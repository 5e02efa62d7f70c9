"""A list read page by page is whole, or an error; it never lasts for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire.model import SourceError
from observatoire.sources.kit import paging
from observatoire.sources.kit.paging import Moved, Page, steadily, walk


def items(*numbers: int) -> list[dict[str, Any]]:
    return [{"id": str(n)} for n in numbers]


def read(pages: Callable[[int, int], Page], total: int | None = None) -> list[int]:
    """The items of a list whose pages are given by the number of the call and the start."""
    calls = 0

    async def fetch(start: int) -> Page:
        nonlocal calls
        calls += 1
        return pages(calls, start)

    async def work() -> list[int]:
        return [int(item["id"]) async for item in walk(fetch, "liste", total=total)]

    return asyncio.run(work())


@given(st.integers(0, 40), st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_every_item_comes_once_whatever_the_portal_gives_at_once(
    total: int, sizes: Sequence[int]
) -> None:
    def pages(call: int, start: int) -> Page:
        size = sizes[call % len(sizes)]
        return Page(items(*range(start, min(start + size, total))), total)

    assert read(pages) == list(range(total))


@pytest.mark.parametrize(
    ("pages", "error", "cause"),
    [
        (lambda _, s: Page(items(s), 3 + s), Moved, "annonçait 3 éléments, elle en annonce 4"),
        (lambda *_: Page(items(0, 1), 9), SourceError, "la même page revient"),
        (lambda _, s: Page(items(s and s - 1, s), 9), Moved, "reviennent d'une page à l'autre"),
        (lambda *_: Page(items(7, 7), 2), Moved, "reviennent d'une page à l'autre"),
        (lambda _, s: Page(items() if s else items(0), 9), Moved, "9 éléments, 1 sont venus"),
        (lambda *_: Page([{"x": 1}], 1), SourceError, "n'a pas d'identifiant"),
        (lambda *_: Page(items(0, 1, 2), 1), SourceError, "dépasse ce qu'elle annonce"),
        (lambda *_: Page(items(0), 500_001), SourceError, "c'est trop"),
    ],
)
def test_a_list_that_does_not_hold_is_an_error(
    pages: Callable[[int, int], Page], error: type[SourceError], cause: str
) -> None:
    with pytest.raises(error, match=cause):
        read(pages)


def test_a_list_that_gives_one_item_at_a_time_for_ever_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paging, "MOST_PAGES", 20)
    with pytest.raises(SourceError, match="n'en finit pas"):
        read(lambda _, s: Page(items(s), 400_000))


def test_a_number_announced_before_must_hold() -> None:
    assert read(lambda *_: Page(items(0), 1), total=1) == [0]
    with pytest.raises(Moved):
        read(lambda *_: Page(items(0), 1), total=2)


@pytest.mark.parametrize(("failures", "tries"), [(0, 1), (1, 2), (2, 2)])
def test_a_list_that_moved_is_read_once_more(failures: int, tries: int) -> None:
    calls = 0

    async def attempt() -> int:
        nonlocal calls
        calls += 1
        if calls <= failures:
            raise Moved("elle bouge.")
        return calls

    if failures < 2:
        assert asyncio.run(steadily(attempt)) == tries
    else:
        with pytest.raises(Moved):
            asyncio.run(steadily(attempt))
    assert calls == tries
