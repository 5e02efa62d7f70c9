"""The one way out to the network: polite, patient, bounded, and to public addresses only (ADR 6).

``Web`` is an asynchronous context. Every failure is a ``SourceError`` with one French sentence
that says the cause and the address.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from types import TracebackType

from multidict import CIMultiDictProxy
from yarl import URL

from observatoire.web import address, reading
from observatoire.web.address import Params
from observatoire.web.cache import caching
from observatoire.web.exchange import Answer, Line, Question
from observatoire.web.failures import Failure, Final, Passing, WebError
from observatoire.web.guard import Guard
from observatoire.web.hosts import Host, Hosts
from observatoire.web.meter import Meter, metered
from observatoire.web.network import Network
from observatoire.web.patience import PASSING_STATUSES, Clock, Patience, retry_after
from observatoire.web.reading import Json
from observatoire.web.record import recording, replaying
from observatoire.web.shelf import Shelf, Shelves
from observatoire.web.transfer import Transfer

__all__ = [
    "Clock",
    "Json",
    "Look",
    "Meter",
    "Patience",
    "Reply",
    "Shelf",
    "Shelves",
    "Web",
    "WebError",
    "metered",
]

BIGGEST_JSON = 64 * 2**20
BIGGEST_FILE = 4 * 2**30
BIGGEST_LOOK = 2**18

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What stands at an address, be it an error or a page for people: the start of it."""

    status: int
    url: str
    type: str
    headers: Headers
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer, and where it came from once redirections were followed."""

    url: str
    type: str
    body: bytes
    cookies: Headers


class Web:
    """Requests to any number of hosts at once, at most ``per_host`` in flight for each.

    ``allowed`` are base addresses that may be private (the simulator's).
    """

    def __init__(
        self,
        *,
        allowed: Iterable[str] = (),
        per_host: int = 2,
        patience: Patience | None = None,
        clock: Clock | None = None,
        shelves: Shelves | None = None,
    ) -> None:
        self.patience = patience or Patience()
        self.clock = clock or Clock()
        self._shelves = shelves or Shelves()
        self._hosts = Hosts(per_host, self.patience, self.clock)
        self._network = Network(Guard(allowed), per_host, self.patience.silence)
        self._open = AsyncExitStack()
        self._line: Line

    async def __aenter__(self) -> Web:
        self._line = address.following(await self._connect())
        return self

    async def _connect(self) -> Line:
        """The line to the world, or to a recording of it."""
        shelves = self._shelves
        if shelves.replay:
            return replaying(shelves.replay)
        line: Line = await self._open.enter_async_context(self._network)
        line = caching(line, shelves.cache, self.clock) if shelves.cache else line
        return recording(line, shelves.record, self.clock) if shelves.record else line

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._open.aclose()

    async def get_json(
        self,
        url: str,
        params: Params | None = None,
        headers: Headers | None = None,
        *,
        limit: int = BIGGEST_JSON,
    ) -> Json:
        """The JSON document at an address; raises SourceError."""
        where = address.parse(url, params)
        asked = {"Accept": "application/json", **(headers or {})}
        return reading.parse(where, (await self._whole(where, asked, limit)).body)

    async def get(
        self,
        url: str,
        params: Params | None = None,
        headers: Headers | None = None,
        *,
        limit: int = BIGGEST_JSON,
    ) -> Reply:
        """The whole answer of an address, of any type but a web page; raises SourceError."""
        return await self._whole(address.parse(url, params), headers or {}, limit)

    async def look(self, url: str, *, most: int = BIGGEST_LOOK) -> Look:
        """What stands at an address, once; raises SourceError when nothing answers.

        A host that asks for rest is left in peace by the looks that follow.
        """
        where = address.parse(url)
        question = Question(where, {"Accept": "*/*"}, None, self.patience.seconds)
        host = self._hosts.of(where)
        async with host.slot:
            try:
                await host.ready()
                async with self._line(question) as answer:
                    host.heed(answer.headers)
                    if answer.status in PASSING_STATUSES:
                        asked = retry_after(answer.headers.get("Retry-After"), self.clock.now())
                        host.rest(asked or 0.0)
                    body = await reading.start(answer, most, self.patience)
                    headers = CIMultiDictProxy(answer.headers)
                    return Look(answer.status, str(answer.url), answer.type, headers, body)
            except Failure as failure:
                raise WebError.of(where, failure) from None

    async def post(
        self, url: str, body: bytes, headers: Headers, *, limit: int = BIGGEST_JSON
    ) -> Reply:
        """The whole answer to a question too long for an address; raises SourceError.

        For reading only: a question that fails is asked again. Redirections are refused, since
        they would lose the question.
        """
        return await self._whole(address.parse(url), headers, limit, body)

    async def post_json(
        self,
        url: str,
        question: Json,
        headers: Headers | None = None,
        *,
        limit: int = BIGGEST_JSON,
    ) -> Json:
        """The JSON answer to a question asked in JSON (see ``post``); raises SourceError."""
        asked = {"Accept": "application/json", "Content-Type": "application/json"}
        body = json.dumps(question).encode()
        answer = await self.post(url, body, asked | dict(headers or {}), limit=limit)
        return reading.parse(address.parse(url), answer.body)

    async def stream_bytes(
        self, url: str, headers: Headers | None = None, *, limit: int = BIGGEST_FILE
    ) -> AsyncGenerator[bytes, None]:
        """A big file, piece by piece; a broken transfer goes on from where it stopped.

        Close the iterator (``contextlib.aclosing``) when leaving it early. Raises SourceError.
        """
        where = address.parse(url)
        host = self._hosts.of(where)
        file = Transfer()
        failures = 0
        async with host.slot:
            while True:
                asked = {**file.headers(), **(headers or {})}
                question = Question(where, asked, None, self.patience.transfer)
                try:
                    async with self._answer(question, host) as answer:
                        file.accept(answer)
                        pieces = reading.pieces(answer, limit, self.patience, file.received)
                        async with aclosing(pieces) as body:
                            async for piece in body:
                                file.received += len(piece)
                                yield piece
                        return
                except Final as failure:
                    raise WebError.of(where, failure) from None
                except Passing as failure:
                    failures = failures + 1 if file.resumable else self.patience.tries
                    await self._wait(question, host, failures, failure)

    async def _whole(
        self, where: URL, headers: Headers, limit: int, body: bytes | None = None
    ) -> Reply:
        question = Question(where, headers, body, self.patience.seconds)
        host = self._hosts.of(where)
        failures = 0
        async with host.slot:
            while True:
                try:
                    async with self._answer(question, host) as answer:
                        content = await reading.whole(answer, limit, self.patience)
                        return Reply(str(answer.url), answer.type, content, answer.cookies())
                except Final as failure:
                    raise WebError.of(where, failure) from None
                except Passing as failure:
                    failures += 1
                    await self._wait(question, host, failures, failure)

    @asynccontextmanager
    async def _answer(self, question: Question, host: Host) -> AsyncIterator[Answer]:
        """A good answer, its body not read yet; raises Final or Passing, in the block too."""
        await host.ready()
        async with self._line(question) as answer:
            host.heed(answer.headers)
            reading.check(answer, self.clock.now())
            yield answer

    async def _wait(self, question: Question, host: Host, failures: int, failure: Passing) -> None:
        """Wait before asking again; raises WebError when it was asked enough."""
        seconds = self.patience.wait(failures, failure.asked, self.clock.chance())
        if seconds is None:
            if failure.asked is not None:
                host.rest(failure.asked)
            raise WebError.of(question.url, failure)
        if failure.asked is not None:
            host.rest(seconds)
        else:
            await self.clock.sleep(seconds)
