"""A recorded harvest gives the same answers again, failures included, without network."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from observatoire.demo import faces, line_faults
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Breakdown, SourceError
from observatoire.web import Clock, Patience, Shelf, Shelves, Web
from observatoire.web.shelf import NAME

BIG = bytes(range(256)) * 8_000
LIMIT = 2**22


@dataclass
class Clockwork:
    """Answers how many times it was asked; a big file at /file."""

    asked: list[str] = field(default_factory=list)

    def answer(self, ask: Ask) -> Answer:
        self.asked.append(ask.path)
        if ask.path == "/old":
            return Answer(301, headers={"Location": "/new", "Set-Cookie": "A=1; Path=/"})
        body = BIG if ask.path == "/file" else json.dumps([ask.path, len(self.asked)]).encode()
        return Answer(200, body, headers={"ETag": '"v1"'})


async def visit(web: Web, base: str) -> list[object]:
    """All that can be asked, each answer or failure as it is said."""
    said: list[object] = []
    for path in ("/a", "/a", "/b", "/old"):
        try:
            reply = await web.get(base + path, limit=LIMIT)
            said.append((reply.url, reply.type, reply.body, dict(reply.cookies)))
        except SourceError as error:
            said.append(str(error))
    try:
        said.append(await web.post_json(f"{base}/q", {"q": 1}))
        async with aclosing(web.stream_bytes(f"{base}/file", limit=LIMIT)) as pieces:
            said.append(b"".join([p async for p in pieces]))
    except SourceError as error:
        said.append(str(error))
    return said


async def quick(_: float) -> None:
    """A sleep that does not."""


def run(portal: Portal, shelves: Shelves) -> list[object]:
    async def work() -> list[object]:
        patience = Patience(tries=2, grace=0.02)
        clock = Clock(sleep=quick, now=lambda: 1e9, chance=lambda: 0.0)
        options = {"patience": patience, "clock": clock, "shelves": shelves}
        async with Web(allowed=[portal.url], **options) as web:
            return await visit(web, portal.url)

    return asyncio.run(work())


def both(folder: Path, faults: Sequence[Fault] = ()) -> tuple[list[object], list[object]]:
    """What a portal said, and what its recording says once it is gone."""
    portal = Portal(Clockwork(), faults=faults)
    with Simulator(portal), Shelf(folder) as shelf:
        live = run(portal, Shelves(record=shelf))
    with Shelf(folder) as shelf:
        return live, run(portal, Shelves(replay=shelf))


def test_answers_are_played_again_in_their_order(tmp_path: Path) -> None:
    live, played = both(tmp_path)
    assert live == played
    assert [json.loads(said[2])[1] for said in live[:4]] == [1, 2, 3, 5]  # type: ignore[index]
    assert live[-1] == BIG


@pytest.mark.parametrize(
    "make",
    [
        lambda: faces.status(500),
        lambda: faces.status(503, times=1),
        lambda: faces.busy("3", times=3),
        faces.html,
        faces.truncated,
        faces.down,
        lambda: faces.down(times=1),
        faces.cut,
        lambda: faces.cut("/file"),
        lambda: faces.cut("/file", times=1),
        line_faults.loop,
        lambda: line_faults.drip(0.01, times=2),
        lambda: line_faults.huge(2**24),
        lambda: faces.redirect("http://10.0.0.8/"),
    ],
)
def test_failures_are_played_again_too(make: Callable[[], Fault], tmp_path: Path) -> None:
    live, played = both(tmp_path, [make()])
    assert live == played


def test_what_the_cache_gave_is_in_the_recording(tmp_path: Path) -> None:
    portal = Portal(Clockwork(), validators=True)
    with Simulator(portal):
        with Shelf(tmp_path / "cache") as cache:
            run(portal, Shelves(cache=cache))
        with Shelf(tmp_path / "cache") as cache, Shelf(tmp_path / "record") as record:
            live = run(portal, Shelves(cache=cache, record=record))
    with Shelf(tmp_path / "record") as record:
        assert run(portal, Shelves(replay=record)) == live


def test_what_was_not_recorded_is_told(tmp_path: Path) -> None:
    async def work(shelf: Shelf) -> None:
        async with Web(shelves=Shelves(replay=shelf)) as web:
            await web.get_json("https://data.exemple.fr/")

    with (
        Shelf(tmp_path) as shelf,
        pytest.raises(SourceError, match="n'est pas dans l'enregistrement"),
    ):
        asyncio.run(work(shelf))


def test_a_recording_that_the_disk_refuses_is_not_silent(tmp_path: Path) -> None:
    def record() -> None:
        portal = Portal(Clockwork())
        with Simulator(portal), Shelf(tmp_path) as shelf:
            with closing(sqlite3.connect(tmp_path / NAME)) as base:
                base.execute("drop table reponses")
            run(portal, Shelves(record=shelf))

    with pytest.raises(Breakdown, match="inutilisable"):
        record()


def test_no_password_and_no_key_is_written(tmp_path: Path) -> None:
    portal = Portal(Clockwork())

    async def work(shelves: Shelves) -> None:
        async with Web(allowed=[portal.url], shelves=shelves) as web:
            url = portal.url.replace("//", "//moi:secret1@")
            await web.get_json(f"{url}/x?apikey=secret2&q=a")

    for kind in ("cache", "record"):
        with Simulator(portal), Shelf(tmp_path / kind) as shelf:
            asyncio.run(work(Shelves(**{kind: shelf})))
        with closing(sqlite3.connect(tmp_path / kind / NAME)) as base:
            [[address]] = base.execute("select adresse from reponses").fetchall()
        assert "secret" not in address
        assert "q=a" in address
