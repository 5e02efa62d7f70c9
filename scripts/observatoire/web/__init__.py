"""The one way out to the network: polite, patient, bounded, and to public addresses only (ADR 6).

``Web`` is an asynchronous context. Every failure is a ``SourceError`` with one French sentence
that says the cause and the address.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any

import aiohttp
from yarl import URL

from observatoire import __version__
from observatoire.web.failures import Passing, WebError, of_status, translate
from observatoire.web.guard import Guard
from observatoire.web.patience import PASSING_STATUSES, Clock, Patience, retry_after

__all__ = ["Clock", "Json", "Patience", "Reply", "Web", "WebError"]

Json = Any
"""What ``json.loads`` gives: the one place where a type is not known before it is looked at."""

USER_AGENT = f"ObservatoireOpenData/{__version__} (+https://opendatafrance.gitbook.io/odater)"
BIGGEST_JSON = 64 * 2**20
BIGGEST_FILE = 4 * 2**30
CHUNK = 256 * 2**10
MAX_REDIRECTS = 5
CONNECT = 15.0

Params = Mapping[str, str | int]
Headers = Mapping[str, str]


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
    ) -> None:
        self.per_host = per_host
        self.patience = patience or Patience()
        self.clock = clock or Clock()
        self._guard = Guard(allowed)
        self._slots: dict[URL, asyncio.Semaphore] = {}
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> Web:
        await self._guard.prepare()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0, limit_per_host=self.per_host, socket_factory=self._guard.socket
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

    async def get_json(
        self,
        url: str,
        params: Params | None = None,
        headers: Headers | None = None,
        *,
        limit: int = BIGGEST_JSON,
    ) -> Json:
        """The JSON document at an address; raises SourceError."""
        address = _address(url, params)
        asked = {"Accept": "application/json", **(headers or {})}
        return _json(address, (await self._whole(address, asked, limit)).body)

    async def get(
        self,
        url: str,
        params: Params | None = None,
        headers: Headers | None = None,
        *,
        limit: int = BIGGEST_JSON,
    ) -> Reply:
        """The whole answer of an address, of any type but a web page; raises SourceError."""
        return await self._whole(_address(url, params), headers or {}, limit)

    async def post(
        self, url: str, body: bytes, headers: Headers, *, limit: int = BIGGEST_JSON
    ) -> Reply:
        """The whole answer to a question too long for an address; raises SourceError.

        For reading only: a question that fails is asked again. Redirections are refused, since
        they would lose the question.
        """
        return await self._whole(_address(url), headers, limit, body)

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
        return _json(_address(url), answer.body)

    async def stream_bytes(
        self, url: str, headers: Headers | None = None, *, limit: int = BIGGEST_FILE
    ) -> AsyncGenerator[bytes, None]:
        """A big file, piece by piece; a broken transfer goes on from where it stopped.

        Close the iterator (``contextlib.aclosing``) when leaving it early. Raises SourceError.
        """
        address = _address(url)
        received = failures = 0
        version = ""
        async with self._slot(address):
            while True:
                # Without compression, so that a transfer can go on from a number of bytes.
                asked = {"Accept-Encoding": "identity", **(headers or {})}
                if received:
                    asked |= {"Range": f"bytes={received}-", "If-Range": version}
                try:
                    async with self._answer(address, asked, self.patience.transfer) as answer:
                        if received and not _continues(answer, received):
                            raise WebError(address, "le fichier a changé pendant sa lecture")
                        version = _version(answer)
                        async for chunk in answer.content.iter_chunked(CHUNK):
                            received += len(chunk)
                            _check_size(address, received, limit)
                            yield chunk
                        return
                except Passing as failure:
                    resumable = version or not received
                    failures = failures + 1 if resumable else self.patience.tries
                    await self._wait(address, failures, failure)

    async def _whole(
        self, address: URL, headers: Headers, limit: int, question: bytes | None = None
    ) -> Reply:
        failures = 0
        async with self._slot(address):
            while True:
                try:
                    seconds = self.patience.seconds
                    async with self._answer(address, headers, seconds, question) as answer:
                        body = bytearray()
                        async for chunk in answer.content.iter_chunked(CHUNK):
                            body += chunk
                            _check_size(address, len(body), limit)
                        return _reply(answer, bytes(body))
                except Passing as failure:
                    failures += 1
                    await self._wait(address, failures, failure)

    @asynccontextmanager
    async def _answer(
        self, address: URL, headers: Headers, seconds: float, question: bytes | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """A good answer, its body not read yet; raises WebError or Passing, in the block too."""
        try:
            async with self._session.request(
                "GET" if question is None else "POST",
                address,
                data=question,
                headers=headers,
                allow_redirects=question is None,
                max_redirects=MAX_REDIRECTS,
                timeout=aiohttp.ClientTimeout(
                    total=seconds, sock_connect=CONNECT, sock_read=self.patience.silence
                ),
            ) as answer:
                self._check(address, answer)
                yield answer
        except (aiohttp.ClientError, TimeoutError, UnicodeError) as error:
            raise translate(error, address) from None

    def _check(self, address: URL, answer: aiohttp.ClientResponse) -> None:
        status = answer.status
        if status in PASSING_STATUSES:
            asked = retry_after(answer.headers.get("Retry-After"), self.clock.now())
            raise Passing(of_status(status), status, asked)
        if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
            raise WebError(address, of_status(status), status)
        if answer.content_type in {"text/html", "application/xhtml+xml"}:
            raise WebError(address, "le serveur répond une page web au lieu de données", status)

    async def _wait(self, address: URL, failures: int, failure: Passing) -> None:
        seconds = self.patience.wait(failures, failure.asked, self.clock.chance())
        if seconds is None:
            raise WebError(address, failure.cause, failure.status) from None
        await self.clock.sleep(seconds)

    def _slot(self, address: URL) -> asyncio.Semaphore:
        """The right to ask one host something; kept while waiting to ask it again."""
        return self._slots.setdefault(address.origin(), asyncio.Semaphore(self.per_host))


def _address(url: str, params: Params | None = None) -> URL:
    try:
        address = URL(url)
        if address.scheme in {"http", "https"} and address.host:
            return address.update_query(params or {})
    except ValueError:
        pass
    raise WebError(url, "cette adresse n'est pas une adresse web")


def _json(address: URL, body: bytes) -> Json:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise WebError(address, "la réponse n'est pas du JSON lisible") from None


def _reply(answer: aiohttp.ClientResponse, body: bytes) -> Reply:
    cookies = {
        name: morsel.value
        for step in (*answer.history, answer)
        for name, morsel in step.cookies.items()
    }
    return Reply(str(answer.url), answer.content_type, body, cookies)


def _check_size(address: URL, size: int, limit: int) -> None:
    if size > limit:
        raise WebError(address, f"la réponse dépasse la taille permise ({limit // 2**20} Mio)")


def _version(answer: aiohttp.ClientResponse) -> str:
    """What names these exact bytes, so that their transfer may go on later; "" without it."""
    tag = answer.headers.get("ETag", "")
    return "" if tag.startswith("W/") or "Content-Encoding" in answer.headers else tag


def _continues(answer: aiohttp.ClientResponse, received: int) -> bool:
    given = answer.headers.get("Content-Range", "")
    return answer.status == HTTPStatus.PARTIAL_CONTENT and given.startswith(f"bytes {received}-")
