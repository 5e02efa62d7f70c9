"""What is owed to each host: few requests at once, and none while it asks for rest."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping

from yarl import URL

from observatoire.web import quota
from observatoire.web.failures import Final
from observatoire.web.patience import Clock, Patience

LONG = 120
"""Minutes; above, hours say more."""


class Host:
    """The right to ask one host something: ``async with host.slot``, then ``await ready()``."""

    def __init__(self, per_host: int, patience: Patience, clock: Clock) -> None:
        self.slot = asyncio.Semaphore(per_host)
        self._patience = patience
        self._clock = clock
        self._until = 0.0

    async def ready(self) -> None:
        """Wait while the host rests; raises Final when that is longer than reasonable."""
        waited = 0.0
        while self._until > waited:
            waited = self._until
            seconds = waited - self._clock.now()
            if seconds > self._patience.longest:
                raise Final(f"le serveur ne veut plus de requêtes avant {_span(seconds)}")
            if seconds > 0:
                await self._clock.sleep(seconds)

    def heed(self, headers: Mapping[str, str]) -> None:
        """Rest when an answer says that no more requests are taken."""
        seconds = quota.rest(headers, self._clock.now())
        if seconds is not None:
            self.rest(seconds)

    def rest(self, seconds: float) -> None:
        """The host asks for this many seconds without requests."""
        self._until = max(self._until, self._clock.now() + seconds)


class Hosts:
    """Every host that was asked something, by name and port: https and http are one machine."""

    def __init__(self, per_host: int, patience: Patience, clock: Clock) -> None:
        self._facts = per_host, patience, clock
        self._known: dict[tuple[str | None, int | None], Host] = {}

    def of(self, address: URL) -> Host:
        """The host of an address."""
        key = address.host, None if address.is_default_port() else address.port
        host = self._known.get(key)
        if host is None:
            host = self._known[key] = Host(*self._facts)
        return host


def _span(seconds: float) -> str:
    """A time to wait, rounded up: « 12 minutes »."""
    minutes = math.ceil(seconds / 60)
    return f"{minutes} minutes" if minutes <= LONG else f"{math.ceil(minutes / 60)} heures"
