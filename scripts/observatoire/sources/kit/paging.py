"""A list read page by page: every item once, or an error; never for ever."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from observatoire.model import SourceError
from observatoire.sources.kit.shape import text
from observatoire.web import Json

T = TypeVar("T")

MOST_ITEMS = 500_000
MOST_PAGES = 2_000


@dataclass(frozen=True, slots=True)
class Page:
    """Some items of a list, and how many the portal says that there are in all."""

    items: Sequence[dict[str, Json]]
    total: int


class Moved(SourceError):
    """The list changed while its pages were read: what was read is not whole."""


async def steadily(read: Callable[[], Awaitable[T]]) -> T:
    """What a reading of a list gives, started again once when the list moved meanwhile."""
    try:
        return await read()
    except Moved:
        return await read()


async def walk(
    fetch: Callable[[int], Awaitable[Page]], name: str, *, key: str = "id", total: int | None = None
) -> AsyncIterator[dict[str, Json]]:
    """The items of a list; ``fetch`` gives those from a number on, ``name`` is the list's.

    A portal gives as many as it likes at once. ``key`` is what tells items apart; ``total`` is
    the number announced before, when it is known. Raises Moved or SourceError.
    """
    seen: set[str] = set()
    for _ in range(MOST_PAGES):
        page = await fetch(len(seen))
        total = page.total if total is None else total
        if total > MOST_ITEMS:
            raise SourceError(f"{name} : la liste annonce {total} éléments, c'est trop.")
        if page.total != total:
            raise Moved(
                f"{name} : la liste annonçait {total} éléments, elle en annonce {page.total} :"
                " elle change pendant sa lecture."
            )
        for item in _fresh(page, seen, key, name):
            yield item
        if len(seen) >= total:
            break
        empty = not page.items
        # Hundreds of portals wait at once: a page that was read must not wait with them.
        del page
        if empty:
            raise Moved(f"{name} : la liste annonce {total} éléments, {len(seen)} sont venus.")
    if len(seen) != total:
        raise SourceError(f"{name} : la liste n'en finit pas, ou dépasse ce qu'elle annonce.")


def _fresh(page: Page, seen: set[str], key: str, name: str) -> Sequence[dict[str, Json]]:
    """The items of a page, all new; their keys are added to ``seen``."""
    keys = [text(item, key) for item in page.items]
    if not all(keys):
        raise SourceError(f"{name} : un élément n'a pas d'identifiant.")
    fresh = set(keys) - seen
    if page.items and not fresh:
        raise SourceError(f"{name} : la même page revient sans cesse.")
    if len(fresh) < len(keys):
        raise Moved(f"{name} : des éléments reviennent d'une page à l'autre.")
    seen |= fresh
    return page.items
