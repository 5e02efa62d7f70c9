"""A portal that plays recorded answers, harvested as the engine does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from observatoire import schema
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Row
from observatoire.sources import Connector
from observatoire.sources.kit import door
from observatoire.web import Web

TODAY = date(2026, 11, 23)
SCHEMA = Path(__file__).parents[2] / "schemas/moissons.json"


@dataclass
class Recorded:
    """Answers with the first recording whose mark stands in the request, or in its body.

    ``adapt`` turns a recording into what this portal would have said.
    """

    answers: Mapping[str, Answer]
    adapt: Callable[[bytes, str], bytes] = field(default=lambda body, _: body)

    def answer(self, ask: Ask) -> Answer:
        query = "&".join(f"{k}={v}" for k, v in ask.query.items())
        wanted = f"{ask.method} {ask.path}?{query} {ask.body.decode()}"
        found = next((a for mark, a in self.answers.items() if mark in wanted), Answer(404))
        return Answer(found.status, self.adapt(found.body, ask.base), found.type, found.headers)


def harvest(connector: Connector, face: Recorded, path: str = "", **cells: str) -> dict[str, Row]:
    """The admitted rows of a recorded portal, by publisher."""
    described = schema.parse("moissons", SCHEMA.read_bytes())
    portal = Portal(face)

    async def work() -> list[Row]:
        platform = {"id": "p", "nom": "Portail", "url": "", **cells, "url_api": portal.url + path}
        async with Web(allowed=[portal.url]) as web:
            return [row async for row in connector.harvest(platform, web, TODAY)]

    with Simulator(portal):
        rows = asyncio.run(work())
    return {r["identifiant"]: r for r in door.admit(rows, described)}
