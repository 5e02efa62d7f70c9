"""A harvest kept answer by answer, broken ones included, so that it can be played again.

The same question asked again (a retry) is another exchange: its number is part of its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

from multidict import CIMultiDict

from observatoire.web.bodies import Writer
from observatoire.web.exchange import Answer, Line, Question
from observatoire.web.failures import Failure, Final, Passing, shown
from observatoire.web.patience import Clock
from observatoire.web.shelf import Entry, Shelf

STOPPED = "la lecture a été interrompue"
UNKNOWN = "cette réponse n'est pas dans l'enregistrement"


def recording(line: Line, shelf: Shelf, clock: Clock) -> Line:
    """A line that puts on a shelf all that goes through it; raises Breakdown when it cannot."""
    numbers: Counter[str] = Counter()

    @asynccontextmanager
    async def record(question: Question) -> AsyncIterator[Answer]:
        numbers[question.key] += 1
        key = _name(question, numbers)
        entry = Entry(key, shown(question.url), 0, (), clock.now(), STOPPED)
        writer = shelf.writer()
        try:
            async with line(question) as answer:
                headers = tuple(answer.headers.items())
                entry = replace(entry, status=answer.status, headers=headers)
                yield replace(answer, pieces=_copied(writer, answer.pieces))
            entry = replace(entry, cause="")
        except Failure as failure:
            entry = replace(entry, cause=failure.cause, passing=isinstance(failure, Passing))
            raise
        finally:
            shelf.put(entry, writer)

    return record


def replaying(shelf: Shelf) -> Line:
    """A line that gives what a recording holds, and knows no other server."""
    numbers: Counter[str] = Counter()

    @asynccontextmanager
    async def replay(question: Question) -> AsyncIterator[Answer]:
        numbers[question.key] += 1
        entry = shelf.find(_name(question, numbers))
        body = await shelf.read(entry.digest) if entry else None
        if entry is None or body is None:
            raise Final(UNKNOWN)
        failure = _failure(entry)
        if failure and not entry.status:
            raise failure
        async with aclosing(_broken(body, failure)) as pieces:
            yield Answer(question.url, entry.status, CIMultiDict(entry.headers), pieces)

    return replay


def _name(question: Question, numbers: Counter[str]) -> str:
    return f"{question.key}-{numbers[question.key]}"


def _failure(entry: Entry) -> Failure | None:
    if not entry.cause:
        return None
    return Passing(entry.cause) if entry.passing else Final(entry.cause)


async def _copied(writer: Writer, pieces: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    async for piece in pieces:
        writer.write(piece)
        yield piece


async def _broken(
    pieces: AsyncGenerator[bytes, None], failure: Failure | None
) -> AsyncGenerator[bytes, None]:
    """The pieces of a body up to where it broke off."""
    async with aclosing(pieces):
        async for piece in pieces:
            yield piece
    if failure:
        raise failure
