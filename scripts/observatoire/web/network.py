"""The line to the world: aiohttp, over sockets that the guard allows."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import TracebackType

import aiohttp
from multidict import CIMultiDict

from observatoire import __version__
from observatoire.web.exchange import CHUNK, Answer, Question
from observatoire.web.failures import translate
from observatoire.web.guard import Guard

USER_AGENT = f"ObservatoireOpenData/{__version__} (+https://opendatafrance.gitbook.io/odater)"
CONNECT = 15.0
SPARE_FILES = 100
"""Open files that are not connections."""
MOST_CONNECTIONS = 4_000
LOOKUPS = 64


class Network:
    """A session: connections to any number of hosts, at most ``per_host`` for each."""

    def __init__(self, guard: Guard, per_host: int, silence: float) -> None:
        self._guard = guard
        self._per_host = per_host
        self._silence = silence
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Network:
        # Names are looked up in threads: a few dead name servers must not hold up all the others.
        lookups = ThreadPoolExecutor(LOOKUPS, "lookup")
        asyncio.get_running_loop().set_default_executor(lookups)
        await self._guard.prepare()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=connections(),
                limit_per_host=self._per_host,
                socket_factory=self._guard.socket,
            ),
            headers={"User-Agent": USER_AGENT},
            cookie_jar=aiohttp.DummyCookieJar(),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    @asynccontextmanager
    async def __call__(self, question: Question) -> AsyncIterator[Answer]:
        """An answer whose body is not read yet; raises Final or Passing, in the block too."""
        # A limit on silence costs a tenth of a request: an answer that is limited enough without
        # does without.
        silence = self._silence if question.seconds > 2 * self._silence else None
        timeout = aiohttp.ClientTimeout(
            total=question.seconds, sock_connect=CONNECT, sock_read=silence
        )
        try:
            async with self._session.request(
                "GET" if question.body is None else "POST",
                question.url,
                data=question.body,
                headers=question.headers,
                allow_redirects=False,
                timeout=timeout,
            ) as answer:
                pieces = answer.content.iter_chunked(CHUNK)
                yield Answer(
                    question.url, answer.status, CIMultiDict(answer.headers), aiter(pieces)
                )
        except (aiohttp.ClientError, TimeoutError, UnicodeError) as error:
            raise translate(error) from None


def connections() -> int:
    """How many connections this process may hold open at once; asks the system for enough."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + SPARE_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return MOST_CONNECTIONS if soft == resource.RLIM_INFINITY else max(2, soft - SPARE_FILES)
