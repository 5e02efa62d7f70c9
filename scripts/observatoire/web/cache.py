"""The line with a memory: what a server says has not changed does not travel again (RFC 9111).

Every question still reaches the server, with the validators (ETag, Last-Modified) of the answer
that is kept: nothing is served blindly. A body is kept once it has come whole.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from multidict import CIMultiDict

from observatoire.model import Breakdown
from observatoire.web.bodies import Writer
from observatoire.web.exchange import Answer, Line, Question
from observatoire.web.failures import shown
from observatoire.web.meter import current
from observatoire.web.patience import Clock
from observatoire.web.shelf import Entry, Shelf

STALE = 28 * 86_400.0
"""Seconds. An older answer is asked anew: no server can hide a change for ever."""

SETTLED = 60.0
"""Seconds. A date of change nearer to the answer's may hide a second change (RFC 9110, 8.8.2.2)."""

HEADERS = ("Content-Type", "ETag", "Last-Modified", "Link")


def caching(line: Line, shelf: Shelf, clock: Clock) -> Line:
    """A line that gives the kept answer when the server says that it still holds."""

    @asynccontextmanager
    async def remember(question: Question) -> AsyncIterator[Answer]:
        known = _known(shelf, question, clock.now())
        if known:
            async with line(_conditional(question, known)) as answer:
                if answer.status != HTTPStatus.NOT_MODIFIED:
                    async with _kept(shelf, question, answer, clock.now()) as copied:
                        yield copied
                    return
                body = await _body(shelf, known, answer)
            if body:
                _served(shelf, known, clock.now())
                headers = CIMultiDict(known.headers)
                async with aclosing(body):
                    yield Answer(question.url, known.status, headers, body, kept=True)
                return
            current().requests += 1
        async with (
            line(question) as answer,
            _kept(shelf, question, answer, clock.now()) as copied,
        ):
            yield copied

    return remember


def _known(shelf: Shelf, question: Question, now: float) -> Entry | None:
    """The answer that a question had, when it may be asked about."""
    if question.body is not None or "Range" in question.headers:
        return None
    with suppress(Breakdown):
        entry = shelf.find(question.key)
        if entry and 0 <= now - entry.written < STALE:
            return entry
    return None


def _conditional(question: Question, known: Entry) -> Question:
    headers = CIMultiDict(known.headers)
    asked = dict(question.headers)
    if "ETag" in headers:
        asked["If-None-Match"] = headers["ETag"]
    else:
        asked["If-Modified-Since"] = headers["Last-Modified"]
    return replace(question, headers=asked)


async def _body(shelf: Shelf, known: Entry, answer: Answer) -> AsyncGenerator[bytes, None] | None:
    """The kept body; None when it is damaged, or when the server speaks of another one."""
    tag = answer.headers.get("ETag")
    if tag is not None and _strong(tag) != _strong(CIMultiDict(known.headers).get("ETag", tag)):
        return None
    with suppress(Breakdown):
        return await shelf.read(known.digest)
    return None


def _served(shelf: Shelf, known: Entry, now: float) -> None:
    current().unchanged += 1
    current().kept.add(known.key)
    with suppress(Breakdown):
        shelf.touch(known.key, now)


@asynccontextmanager
async def _kept(
    shelf: Shelf, question: Question, answer: Answer, now: float
) -> AsyncIterator[Answer]:
    """The answer, copied to the shelf while it is read, when it may be kept."""
    if question.body is not None or answer.status != HTTPStatus.OK or not _may_keep(answer.headers):
        yield answer
        return
    headers = tuple((n, answer.headers[n]) for n in HEADERS if n in answer.headers)
    entry = Entry(question.key, shown(question.url), answer.status, headers, now)
    async with aclosing(_copied(shelf, entry, answer.pieces)) as pieces:
        yield replace(answer, pieces=pieces)


async def _copied(
    shelf: Shelf, entry: Entry, pieces: AsyncIterator[bytes]
) -> AsyncGenerator[bytes, None]:
    """The same pieces; once the last has gone, the answer is kept."""
    writer: Writer | None = shelf.writer()
    try:
        async for piece in pieces:
            writer = _write(writer, piece)
            yield piece
        if writer:
            with suppress(Breakdown):
                shelf.put(entry, writer)
                current().kept.add(entry.key)
    finally:
        if writer:
            writer.drop()


def _write(writer: Writer | None, piece: bytes) -> Writer | None:
    """The writer after one more piece; None once the disk refuses."""
    if writer:
        try:
            writer.write(piece)
        except OSError:
            writer.drop()
            return None
    return writer


def _may_keep(headers: Mapping[str, str]) -> bool:
    """Whether an answer can be asked about later, and its server lets us keep it."""
    if "no-store" in headers.get("Cache-Control", "").lower() or headers.get("Vary") == "*":
        return False
    return "ETag" in headers or _is_settled(headers)


def _is_settled(headers: Mapping[str, str]) -> bool:
    try:
        changed = parsedate_to_datetime(headers["Last-Modified"])
        return (parsedate_to_datetime(headers["Date"]) - changed).total_seconds() >= SETTLED
    except (KeyError, ValueError, TypeError):
        return False


def _strong(tag: str) -> str:
    return tag.removeprefix("W/")
