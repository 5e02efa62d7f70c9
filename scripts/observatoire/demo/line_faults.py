"""Faults of the line and of the bytes, whatever the technology of the portal."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import count, repeat

from observatoire.demo.faces import Answer, Ask, Fault, Flow

GIGA = 2**30
BLOCK = 2**20


def drip(pause: float = 1.0, path: str = "", times: int | None = None) -> Fault:
    """The right answer, one byte at a time."""

    def spoil(_: Ask, answer: Answer) -> Answer:
        body = answer.body or b"{}"

        def pieces() -> Iterator[bytes]:
            return (body[i : i + 1] for i in range(len(body)))

        return replace(answer, flow=Flow(pieces, len(body), pause))

    return Fault(spoil, path, times)


def huge(
    size: int = 2 * GIGA, path: str = "", times: int | None = None, *, announced: bool = False
) -> Fault:
    """A body of that many bytes; its length is ``announced`` or not."""
    flow = Flow(lambda: repeat(b" " * BLOCK, size // BLOCK), size if announced else None)
    return Fault(lambda _, answer: replace(answer, status=200, flow=flow), path, times)


def bomb(size: int = 2 * GIGA, path: str = "", times: int | None = None) -> Fault:
    """A small compressed body that holds that many bytes."""
    flow = Flow(lambda: repeat(_member(), size // (16 * BLOCK)))

    def spoil(_: Ask, answer: Answer) -> Answer:
        headers = {**answer.headers, "Content-Encoding": "gzip"}
        return replace(answer, status=200, flow=flow, headers=headers)

    return Fault(spoil, path, times)


def loop(path: str = "", times: int | None = None) -> Fault:
    """A redirection that leads to another, for ever."""
    numbers = count(1)

    def spoil(ask: Ask, _: Answer) -> Answer:
        return Answer(302, headers={"Location": f"{ask.base}{ask.path}?tour={next(numbers)}"})

    return Fault(spoil, path, times)


def garbled(path: str = "", times: int | None = None) -> Fault:
    """Text that is not UTF-8: accents, and the letters e, as an old server writes them."""

    def spoil(_: Ask, answer: Answer) -> Answer:
        return replace(answer, body=answer.body.replace(b"e", b"\xe9"))

    return Fault(spoil, path, times)


@cache
def _member() -> bytes:
    """16 MiB of nothing, compressed."""
    return gzip.compress(bytes(16 * BLOCK), mtime=0)
