"""The line to a forge: it waits when the forge says so, and asks again only what is harmless.

One adapter of ``requests`` serves both clients: a request refused for lack of quota was not carried
out, so any may be sent again; after an error or a silence, only reads are, because a write may have
been carried out.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from observatoire.web.patience import Patience, retry_after

READS = frozenset(("GET", "HEAD"))
PASSING = frozenset((500, 502, 503, 504))
CONNECT, SILENCE, LONGEST = 10.0, 60.0, 300.0
"""Seconds to open a connection, to wait for an answer, to wait before asking again."""


@dataclass(frozen=True)
class Clock:
    """Time and chance, replaced in tests: how to sleep, the hour, a number in [0, 1)."""

    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


class Busy(requests.RequestException):
    """The forge asks to wait longer than is reasonable now."""


class Line(HTTPAdapter):
    """Sends requests with patience."""

    def __init__(self, patience: Patience | None = None, clock: Clock | None = None) -> None:
        super().__init__()
        self.patience = patience or Patience(longest=LONGEST, seconds=SILENCE)
        self.clock = clock or Clock()

    def session(self, session: requests.Session | None = None) -> requests.Session:
        """A session on this line; it follows no redirection, which could carry a token away."""
        session = session or requests.Session()
        session.mount("https://", self)
        session.mount("http://", self)
        session.max_redirects = 0
        return session

    def send(
        self, request: requests.PreparedRequest, *args: Any, **kwargs: Any
    ) -> requests.Response:
        """The answer to a request, waited for as long as is reasonable."""
        kwargs["timeout"] = (CONNECT, self.patience.seconds)
        attempt = 0
        while True:
            attempt += 1
            lost: requests.ConnectionError | requests.Timeout | None = None
            answer: requests.Response | None = None
            try:
                answer = super().send(request, *args, **kwargs)
            except (requests.ConnectionError, requests.Timeout) as error:
                lost = error
            pause = self._pause(request, answer, attempt)
            if answer is not None and pause is None:
                return answer
            if lost is not None and pause is None:
                raise lost
            if answer is not None:
                answer.close()
            self.clock.sleep(pause or 0.0)

    def _pause(
        self, request: requests.PreparedRequest, answer: requests.Response | None, attempt: int
    ) -> float | None:
        """Seconds before asking again; None when the answer, or its absence, is the last word."""
        limited = answer is not None and _limited(answer)
        broken = answer is None or answer.status_code in PASSING
        if not limited and not (broken and request.method in READS):
            return None
        asked = _asked(answer.headers, self.clock.now()) if answer is not None else None
        pause = self.patience.wait(attempt, asked, self.clock.chance())
        if pause is None and limited and answer is not None:
            answer.close()
            raise Busy(request=request)
        return pause


def _limited(answer: requests.Response) -> bool:
    """Whether the forge refuses for lack of quota: GitHub also says so with a 403."""
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    if answer.status_code != HTTPStatus.FORBIDDEN:
        return False
    return (
        "Retry-After" in answer.headers
        or answer.headers.get("X-RateLimit-Remaining") == "0"
        or b"rate limit" in answer.content.lower()
    )


def _asked(headers: Mapping[str, str], now: float) -> float | None:
    """The wait in seconds that the forge asks for, by one header or another."""
    asked = retry_after(headers.get("Retry-After"), now)
    reset = headers.get("RateLimit-Reset") or headers.get("X-RateLimit-Reset") or ""
    if asked is None and reset.isascii() and reset.isdecimal():
        asked = max(0.0, float(reset[:12]) - now)
    return asked
