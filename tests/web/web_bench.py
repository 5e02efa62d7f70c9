"""Two small servers, and a reader that waits for nothing."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web import Clock, Web

BIG = bytes(range(256)) * 8_000


@dataclass
class Echo:
    """Answers JSON at /, and a big file at /file; its version can change under a reader."""

    version: str = '"v1"'
    versions: list[str] = field(default_factory=list)

    def answer(self, ask: Ask) -> Answer:
        if ask.path != "/file":
            return Answer(body=json.dumps({"q": ask.query.get("q")}).encode())
        version = self.versions.pop(0) if self.versions else self.version
        about = {"ETag": version} if version else {}
        start = ask.headers.get("range", "").removeprefix("bytes=").removesuffix("-")
        if start and ask.headers.get("if-range") == version:
            placed = {"Content-Range": f"bytes {start}-{len(BIG) - 1}/{len(BIG)}"}
            return Answer(206, BIG[int(start) :], "text/csv", about | placed)
        return Answer(200, BIG, "text/csv", about)


@dataclass
class Asked:
    """Answers what it was asked, gives a cookie, and redirects /old."""

    def answer(self, ask: Ask) -> Answer:
        if ask.path == "/old":
            return Answer(302, headers={"Location": "/new", "Set-Cookie": "A=1; Path=/"})
        said = {"method": ask.method, "body": ask.body.decode(), "token": ask.headers.get("x-t")}
        return Answer(200, json.dumps(said).encode(), headers={"Set-Cookie": "B=2"})


class Patient:
    """A clock that does not wait, and remembers for how long it should have."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def clock(self) -> Clock:
        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)

        return Clock(sleep=sleep, now=lambda: 0.0, chance=lambda: 0.0)


def get(portal: Portal, path: str = "/", patient: Patient | None = None, **options: int) -> object:
    async def work() -> object:
        async with Web(allowed=[portal.url], clock=(patient or Patient()).clock()) as web:
            return await web.get_json(portal.url + path, **options)

    with Simulator(portal):
        return asyncio.run(work())
