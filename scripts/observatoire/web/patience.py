"""How long to wait before asking again, and when to give up."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

PASSING_STATUSES = frozenset({429, 502, 503, 504})
"""Answers that say "later", not "no"."""


@dataclass(frozen=True)
class Clock:
    """Time and chance, replaced in tests: how to sleep, the hour, a number in [0, 1)."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Patience:
    """``tries`` in all; waits double from ``first`` seconds up to ``longest``.

    A server that asks for more than ``longest`` is left alone until the next harvest: asking
    again sooner than it said would be rude. An answer may take ``seconds`` (a big file
    ``transfer``), be silent for ``silence``; after ``grace`` it must have come at ``slowest`` bytes
    a second.
    """

    tries: int = 4
    first: float = 1.0
    longest: float = 120.0
    silence: float = 60.0
    seconds: float = 120.0
    transfer: float = 3600.0
    grace: float = 20.0
    slowest: float = 1_000.0

    def wait(self, attempt: int, asked: float | None, jitter: float) -> float | None:
        """Seconds to wait after failure number ``attempt`` (from 1); None to give up.

        ``asked`` is what the server asked for, ``jitter`` a number in [0, 1) that keeps clients
        from coming back all together.
        """
        if attempt >= self.tries:
            return None
        if asked is not None:
            return asked + jitter if asked <= self.longest else None
        return float(min(self.longest, self.first * 2 ** (attempt - 1)) * (0.5 + jitter / 2))


def retry_after(header: str | None, now: float) -> float | None:
    """The wait in seconds asked by a ``Retry-After`` header, a number or a date (RFC 9110)."""
    if not header:
        return None
    if header.strip().isdecimal() and header.isascii():
        return float(header[:12])
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now)
    except (ValueError, OverflowError):
        return None
