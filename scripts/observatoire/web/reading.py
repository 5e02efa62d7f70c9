"""The reading of an answer: is it usable, not too big, not too slow."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from yarl import URL

from observatoire.web.exchange import Answer
from observatoire.web.failures import Final, Passing, WebError, of_status
from observatoire.web.meter import current
from observatoire.web.patience import PASSING_STATUSES, Patience, retry_after
from observatoire.web.quota import rest

Json = Any
"""What ``json.loads`` gives: the one place where a type is not known before it is looked at."""

PAGES = frozenset(("text/html", "application/xhtml+xml"))


def check(answer: Answer, now: float) -> None:
    """Refuse an answer that holds no data; raises Final or Passing."""
    status = answer.status
    if status in PASSING_STATUSES:
        asked = retry_after(answer.headers.get("Retry-After"), now)
        raise Passing(
            of_status(status), status, rest(answer.headers, now) if asked is None else asked
        )
    if status not in {200, 206}:
        raise Final(of_status(status), status)
    if answer.type in PAGES:
        raise Final("le serveur répond une page web au lieu de données", status)


async def pieces(
    answer: Answer, limit: int, patience: Patience, before: int = 0
) -> AsyncGenerator[bytes, None]:
    """The body, piece by piece; raises Final once it is too big, or comes too slowly.

    ``before`` is the number of its bytes that came earlier.
    """
    announced = answer.headers.get("Content-Length", "")
    if announced.isascii() and announced.isdecimal():
        _check_size(before + int(announced), limit)
    meter, time = current(), asyncio.get_running_loop().time
    received, start = 0, time()
    async for piece in answer.pieces:
        received += len(piece)
        if not answer.kept:
            meter.received += len(piece)
        _check_size(before + received, limit)
        spent = time() - start
        if spent > patience.grace and received < patience.slowest * spent:
            raise Final("le serveur envoie sa réponse au compte-gouttes")
        yield piece


async def whole(answer: Answer, limit: int, patience: Patience) -> bytes:
    """The whole body; raises like ``pieces``."""
    body = bytearray()
    async for piece in pieces(answer, limit, patience):
        body += piece
    return bytes(body)


async def start(answer: Answer, most: int, patience: Patience) -> bytes:
    """The first ``most`` bytes of a body; raises Final when they come too slowly."""
    body = bytearray()
    async with aclosing(pieces(answer, sys.maxsize, patience)) as coming:
        async for piece in coming:
            body += piece
            if len(body) >= most:
                break
    return bytes(body[:most])


def parse(address: URL, body: bytes) -> Json:
    """The JSON document that a body holds; raises WebError."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise WebError(address, "la réponse n'est pas du JSON lisible") from None


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise Final(f"la réponse dépasse la taille permise ({limit // 2**20} Mio)")
