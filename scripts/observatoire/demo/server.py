"""A small HTTP server for simulated portals: fast enough not to be what a benchmark measures.

It understands what polite clients send: requests one after the other on a connection, with an
announced body at most. Whatever a portal may answer, it can send: drops, cuts, endless bodies. A
bug in a face breaks the line, and asyncio logs it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import lru_cache
from http import HTTPStatus
from typing import cast
from urllib.parse import parse_qsl, unquote

from observatoire.demo.faces import Answer, Ask

Reply = Callable[[Ask], Answer]
"""What answers for a portal."""


class Connection(asyncio.Protocol):
    """One client of a portal; ``count`` is told +1 and -1 when a request starts and ends."""

    def __init__(self, base: str, reply: Reply, count: Callable[[int], None]) -> None:
        self.base = base
        self.reply = reply
        self.count = count
        self.buffer = b""
        self.busy = False
        self.writable = asyncio.Event()
        self.writable.set()
        self.flow: asyncio.Task[None] | None = None
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The client is there."""
        self.transport = cast(asyncio.Transport, transport)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        """The client has left."""
        self._done()
        if self.flow:
            self.flow.cancel()

    def pause_writing(self) -> None:
        """The client does not follow."""
        self.writable.clear()

    def resume_writing(self) -> None:
        """The client follows again."""
        self.writable.set()

    def data_received(self, data: bytes) -> None:
        """A piece of a request, or several of them."""
        self.buffer += data
        self._next()

    def _next(self) -> None:
        """Start to answer the next request, once it is whole and the last one is answered."""
        head, mark, rest = self.buffer.partition(b"\r\n\r\n")
        if self.busy or not mark:
            return
        method, target, headers = _head(head)
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        self.busy = True
        self.count(1)
        path, _, query = target.partition("?")
        values = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
        answer = self.reply(Ask(self.base, unquote(path), values, headers, method, rest[:length]))
        if answer.delay:
            asyncio.get_running_loop().call_later(answer.delay, self._send, answer)
        else:
            self._send(answer)

    def _send(self, answer: Answer) -> None:
        if self.transport.is_closing():
            return
        if answer.flow is not None:
            self.flow = asyncio.get_running_loop().create_task(self._pour(answer))
        elif answer.sent is None:
            body = b"" if answer.status == HTTPStatus.NOT_MODIFIED else answer.body
            self.transport.write(_top(answer, len(body)) + body)
            self._done()
            self._next()
        else:
            if answer.sent >= 0:
                self.transport.write(_top(answer, len(answer.body)) + answer.body[: answer.sent])
            self.transport.close()

    async def _pour(self, answer: Answer) -> None:
        """Send a body piece by piece, as fast as the client reads it, then close the line."""
        assert answer.flow is not None  # noqa: S101 - for the type checker.
        self.transport.write(_top(answer, answer.flow.announced))
        for piece in answer.flow.pieces():
            await self.writable.wait()
            self.transport.write(piece)
            await asyncio.sleep(answer.flow.pause)
        self.transport.close()

    def _done(self) -> None:
        if self.busy:
            self.busy = False
            self.count(-1)


def _head(head: bytes) -> tuple[str, str, Mapping[str, str]]:
    """The method, target and headers (names in lower case) of a request."""
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    return method, target, {name.lower(): value.strip() for name, _, value in pairs}


def _top(answer: Answer, length: int | None) -> bytes:
    """The status line and headers; without ``length``, the end of the line ends the body."""
    size = "" if length is None else f"Content-Length: {length}\r\n"
    extra = "".join([f"{name}: {value}\r\n" for name, value in answer.headers.items()])
    return (_status(answer.status, answer.type) + size + extra + "\r\n").encode("latin-1")


@lru_cache(maxsize=256)
def _status(code: int, kind: str) -> str:
    known = code in {status.value for status in HTTPStatus}
    phrase = HTTPStatus(code).phrase if known else "Unknown"
    return f"HTTP/1.1 {code} {phrase}\r\nContent-Type: {kind}\r\n"
