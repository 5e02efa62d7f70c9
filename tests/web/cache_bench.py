"""A server that can say that nothing changed, and a harvester that keeps its answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from web_bench import BIG

from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal
from observatoire.web import Clock, Meter, Patience, Shelf, Shelves, Web, metered

T = TypeVar("T")
TAGGED = {"ETag": '"v1"'}


@dataclass
class Number:
    """Answers a number, and a big file at /file; ``stubborn``, it says that nothing changes."""

    value: int = 1
    headers: Mapping[str, str] = field(default_factory=lambda: TAGGED)
    stubborn: bool = False

    def answer(self, ask: Ask) -> Answer:
        tag, day = ask.headers.get("if-none-match"), ask.headers.get("if-modified-since")
        same = tag == self.headers.get("ETag") if tag else day == self.headers.get("Last-Modified")
        if (tag or day) and (same or self.stubborn):
            return Answer(304, headers=self.headers)
        body = BIG if ask.path == "/file" else json.dumps(self.value).encode()
        return Answer(200, body, headers=self.headers)


@dataclass
class Cached:
    """A harvester that has a cache; each call is a harvest of its own, ``now`` its hour."""

    portal: Portal
    folder: Path
    now: float = 1e9
    most: int = 2**30
    meter: Meter = field(default_factory=Meter)

    def get(self, path: str = "/", headers: Mapping[str, str] | None = None) -> object:
        async def work(web: Web) -> object:
            return await web.get_json(self.portal.url + path, headers=headers)

        return self.run(work)

    def read(self, path: str = "/file", pieces: int = 0) -> bytes:
        async def work(web: Web) -> bytes:
            got = b""
            async with aclosing(web.stream_bytes(self.portal.url + path)) as stream:
                count = 0
                async for piece in stream:
                    got += piece
                    count += 1
                    if count == pieces:
                        break
            return got

        return self.run(work)

    def forget(self) -> None:
        with Shelf(self.folder, self.most) as shelf:
            shelf.forget(self.meter.kept)

    def run(self, work: Callable[[Web], Awaitable[T]]) -> T:
        async def inside(shelf: Shelf) -> T:
            clock, shelves = Clock(now=lambda: self.now), Shelves(cache=shelf)
            url, patience = self.portal.url, Patience(tries=1)
            async with Web(allowed=[url], patience=patience, clock=clock, shelves=shelves) as web:
                return await work(web)

        with Shelf(self.folder, self.most) as shelf, metered() as meter:
            value = asyncio.run(inside(shelf))
            self.meter = meter
            return value


def counts(meter: Meter) -> tuple[int, int, int]:
    return meter.requests, meter.unchanged, meter.received
