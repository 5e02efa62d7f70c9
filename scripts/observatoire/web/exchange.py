"""One question to a server and its answer, as plain values; a line carries them.

``network.Network`` is the line to the world. Others wrap one or replace it: the cache, the
recorder, the replay of a recording.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import cached_property
from http.cookies import CookieError, SimpleCookie

from multidict import CIMultiDict
from yarl import URL

CHUNK = 256 * 2**10


@dataclass(frozen=True)
class Question:
    """What is asked: with a body it is a POST. ``seconds`` bounds the whole answer."""

    url: URL
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    seconds: float = 120.0

    @cached_property
    def key(self) -> str:
        """What names this question: two with the same key get the same answer."""
        parts = [str(self.url), *(f"{n.lower()}: {v}" for n, v in sorted(self.headers.items()))]
        digest = hashlib.sha256("\n".join(parts).encode())
        if self.body is not None:
            digest.update(b"\n\n" + self.body)
        return digest.hexdigest()


@dataclass(slots=True)
class Answer:
    """What came from ``url``: ``pieces`` is the body, to be read once and in order.

    ``kept`` says that the body did not travel: the cache had it, and the server had not another.
    """

    url: URL
    status: int
    headers: CIMultiDict[str]
    pieces: AsyncIterator[bytes]
    kept: bool = False

    @property
    def type(self) -> str:
        """The media type, without its parameters; "" when the server gives none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def cookies(self) -> dict[str, str]:
        """The cookies that it sets, by name."""
        found: dict[str, str] = {}
        for header in self.headers.getall("Set-Cookie", ()):
            try:
                found |= {n: m.value for n, m in SimpleCookie(header).items()}
            except CookieError:
                continue
        return found


Line = Callable[[Question], AbstractAsyncContextManager[Answer]]
"""Opens an answer for the time of a block; raises ``failures.Final`` or ``Passing``, in the block
too."""
