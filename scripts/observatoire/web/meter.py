"""What a piece of work costs its servers: requests, bytes, unchanged answers, moved addresses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(slots=True)
class Meter:
    """Counts everything asked in its block, by the tasks started there too.

    ``unchanged`` are answers that a server did not send again (304), ``received`` the bytes of the
    others; ``moved`` gives the site that answers for each one that redirects elsewhere, ``kept``
    the answers that the cache gave or took.
    """

    requests: int = 0
    unchanged: int = 0
    received: int = 0
    moved: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)


_CURRENT: ContextVar[Meter] = ContextVar("meter")


@contextmanager
def metered() -> Iterator[Meter]:
    """A meter for the time of the block; an outer one does not count what it counts."""
    meter = Meter()
    token = _CURRENT.set(meter)
    try:
        yield meter
    finally:
        _CURRENT.reset(token)


def current() -> Meter:
    """The meter of the running task; one that nobody reads without any."""
    return _CURRENT.get(None) or Meter()
