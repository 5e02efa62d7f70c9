"""Many addresses asked at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence

from observatoire.detection import PATIENCE, Verdict, detect
from observatoire.web import Web


def survey(
    urls: Sequence[str],
    *,
    allowed: Iterable[str] = (),
    tick: Callable[[], None] = lambda: None,
) -> list[Verdict]:
    """The verdict of each address, in their order; ``allowed`` are those that may be private."""

    async def work() -> list[Verdict]:
        async with Web(allowed=allowed, patience=PATIENCE) as web:
            return await asyncio.gather(*(one(url, web) for url in urls))

    async def one(url: str, web: Web) -> Verdict:
        try:
            return await detect(url, web)
        finally:
            tick()

    return asyncio.run(work())
