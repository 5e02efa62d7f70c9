"""A look at many addresses at once: who answers, who is silent, who refuses us."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from http import HTTPStatus

from yarl import URL

from observatoire.detection.known import place
from observatoire.liveness.model import ALIVE, REFUSES, SILENT, Sight
from observatoire.web import Look, Patience, Web, WebError
from observatoire.web.failures import of_status

PATIENCE = Patience(tries=1, seconds=30.0, silence=30.0, longest=60.0)
START = 4_096
"""Bytes. The start of a page is proof enough."""

HERE = frozenset((401, 403, 405, 406, 429, 451))
"""Answers of somebody who is there, and does not want a robot."""


def watch(
    urls: Collection[str],
    *,
    allowed: Iterable[str] = (),
    tick: Callable[[], None] = lambda: None,
) -> dict[str, Sight]:
    """What is seen at each address; ``allowed`` are those that may be private."""

    async def work() -> dict[str, Sight]:
        # One host has hundreds of links: a look at a time stays under five a second there.
        async with Web(allowed=allowed, per_host=1, patience=PATIENCE) as web:
            sights = await asyncio.gather(*(one(url, web) for url in urls))
        return dict(zip(urls, sights, strict=True))

    async def one(url: str, web: Web) -> Sight:
        try:
            return sight(url, await web.look(url, most=START))
        except WebError as error:
            return Sight(REFUSES if error.there else SILENT, _cause(error, url))
        finally:
            tick()

    return asyncio.run(work())


def sight(url: str, look: Look) -> Sight:
    """What an answer tells of an address."""
    site = str(URL(look.url).origin()) if place(look.url) != place(url) else ""
    if look.status < HTTPStatus.BAD_REQUEST:
        return Sight(ALIVE, "", site)
    return Sight(REFUSES if look.status in HERE else SILENT, of_status(look.status), site)


def _cause(error: WebError, url: str) -> str:
    """The reason without the address, which stands beside it in a table."""
    return str(error).rpartition(" : ")[2].rstrip(".") or url
