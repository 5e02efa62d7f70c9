"""What did not change does not travel twice, and nothing that changed is hidden."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pytest

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import Breakdown
from observatoire.web import Clock, Meter, Patience, Shelf, Shelves, Web, WebError, metered
from observatoire.web.bodies import PARTIAL
from observatoire.web.shelf import NAME

T = TypeVar("T")
BIG = bytes(range(256)) * 8_000
DAY = 86_400.0
TAGGED = {"ETag": '"v1"'}
DATED = {
    "Last-Modified": "Mon, 23 Nov 2026 05:00:00 GMT",
    "Date": "Mon, 23 Nov 2026 06:00:00 GMT",
}


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


@pytest.fixture
def face() -> Number:
    return Number()


@pytest.fixture
def portal(face: Number) -> Iterator[Portal]:
    portal = Portal(face)
    with Simulator(portal):
        yield portal


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

        return self._run(work)

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

        return self._run(work)

    def forget(self) -> None:
        with Shelf(self.folder, self.most) as shelf:
            shelf.forget(self.meter.kept)

    def _run(self, work: Callable[[Web], Awaitable[T]]) -> T:
        async def inside(shelf: Shelf) -> T:
            clock, shelves = Clock(now=lambda: self.now), Shelves(cache=shelf)
            url, patience = self.portal.url, Patience(tries=1)
            async with Web(allowed=[url], patience=patience, clock=clock, shelves=shelves) as web:
                return await work(web)

        with Shelf(self.folder, self.most) as shelf, metered() as meter:
            value = asyncio.run(inside(shelf))
            self.meter = meter
            return value


@pytest.fixture
def cached(portal: Portal, tmp_path: Path) -> Cached:
    return Cached(portal, tmp_path / "cache")


def counts(meter: Meter) -> tuple[int, int, int]:
    return meter.requests, meter.unchanged, meter.received


@pytest.mark.parametrize("headers", [TAGGED, {"ETag": 'W/"v1"'}, DATED, TAGGED | DATED])
def test_an_unchanged_answer_does_not_travel_again(
    cached: Cached, face: Number, headers: Mapping[str, str]
) -> None:
    face.headers = headers
    assert cached.get() == 1
    assert counts(cached.meter) == (1, 0, 1)
    assert cached.get() == 1
    assert counts(cached.meter) == (1, 1, 0)


def test_a_changed_answer_is_taken_with_its_new_name(cached: Cached, face: Number) -> None:
    cached.get()
    face.value, face.headers = 2, {"ETag": '"v2"'}
    assert [cached.get(), cached.get()] == [2, 2]
    assert counts(cached.meter) == (1, 1, 0)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Last-Modified": DATED["Last-Modified"]},
        {"Last-Modified": DATED["Date"], "Date": DATED["Date"]},
        {"Last-Modified": "hier", "Date": DATED["Date"]},
        TAGGED | {"Cache-Control": "private, no-store"},
        TAGGED | {"Vary": "*"},
    ],
)
def test_an_answer_that_may_hide_a_change_is_asked_anew(
    cached: Cached, face: Number, headers: Mapping[str, str]
) -> None:
    face.headers, face.stubborn = headers, True
    cached.get()
    face.value = 2
    assert cached.get() == 2


def test_a_server_that_never_sees_a_change_is_believed_for_four_weeks(
    cached: Cached, face: Number
) -> None:
    face.stubborn = True
    cached.get()
    face.value = 2
    cached.now += 27 * DAY
    assert cached.get() == 1
    cached.now += 2 * DAY
    assert cached.get() == 2


def test_a_server_that_speaks_of_another_version_is_asked_again(
    cached: Cached, face: Number, portal: Portal
) -> None:
    face.stubborn = True
    cached.get()
    face.value, face.headers = 2, {"ETag": '"v2"'}
    assert cached.get() == 2
    assert [a.headers.get("if-none-match") for a in portal.asked] == [None, '"v1"', None]


def test_an_answer_is_kept_for_its_own_question_only(cached: Cached, portal: Portal) -> None:
    cached.get(headers={"X-Fields": "a"})
    cached.get(headers={"X-Fields": "b"})
    cached.get("/?q=1", headers={"X-Fields": "a"})
    assert [a.headers.get("if-none-match") for a in portal.asked] == [None] * 3


def test_a_harvest_that_failed_is_asked_anew(cached: Cached, face: Number, portal: Portal) -> None:
    cached.get()
    cached.forget()
    cached.get()
    cached.get()
    cached.forget()
    cached.get()
    assert [a.headers.get("if-none-match") for a in portal.asked] == [None, None, '"v1"', None]


def test_a_failure_is_not_kept(cached: Cached, portal: Portal) -> None:
    portal.faults = [faces.status(500)]
    with pytest.raises(WebError):
        cached.get()
    portal.faults = []
    assert cached.get() == 1
    assert counts(cached.meter) == (1, 0, 1)


def test_a_redirection_leads_to_what_is_kept_of_its_target(cached: Cached, portal: Portal) -> None:
    portal.faults = [faces.redirect("/file", "/r")]
    assert cached.read("/r") == BIG
    assert cached.read("/r") == BIG
    assert counts(cached.meter) == (2, 1, 0)


def test_a_big_file_is_kept_beside(cached: Cached) -> None:
    assert cached.read() == BIG
    assert counts(cached.meter) == (1, 0, len(BIG))
    assert [p.stat().st_size for p in (cached.folder / "corps").iterdir()] == [len(BIG)]
    assert cached.read() == BIG
    assert counts(cached.meter) == (1, 1, 0)


def test_the_same_content_is_kept_once(cached: Cached) -> None:
    cached.read("/file?a=1")
    cached.read("/file?a=2")
    assert len(list((cached.folder / "corps").iterdir())) == 1


def test_a_file_that_was_left_early_is_not_kept(cached: Cached) -> None:
    cached.read(pieces=1)
    assert list((cached.folder / "corps").iterdir()) == []
    assert cached.read() == BIG
    assert cached.meter.unchanged == 0


def test_a_transfer_that_broke_is_whole_but_not_kept(cached: Cached, portal: Portal) -> None:
    portal.faults = [faces.cut(times=1)]
    with pytest.raises(WebError):
        cached.read()
    assert list((cached.folder / "corps").iterdir()) == []


@pytest.mark.parametrize("path", ["/", "/file"])
def test_a_damaged_body_is_asked_again(cached: Cached, path: str) -> None:
    cached.read(path)
    for body in (cached.folder / "corps").iterdir():
        body.write_bytes(b"x" * len(BIG))
    with sqlite3.connect(cached.folder / NAME) as base:
        base.execute("update corps set contenu = x'39' where contenu is not null")
    base.close()
    assert cached.read(path) == (BIG if path == "/file" else b"1")
    assert cached.meter.requests == 2
    assert cached.meter.unchanged == 0


def test_a_lost_body_is_asked_again(cached: Cached) -> None:
    cached.read()
    for body in (cached.folder / "corps").iterdir():
        body.unlink()
    assert cached.read() == BIG


def test_a_damaged_cache_starts_anew(cached: Cached) -> None:
    cached.get()
    (cached.folder / NAME).write_bytes(b"not a database" * 1000)
    assert cached.get() == 1
    assert cached.get() == 1
    assert cached.meter.unchanged == 1


def test_an_unusable_folder_is_told(cached: Cached, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("un fichier")
    with pytest.raises(Breakdown, match="où garder les réponses, est inutilisable"):
        cached.get()


def test_the_cache_is_bounded_and_the_least_used_go_first(cached: Cached, face: Number) -> None:
    cached.most = len(BIG) + 2
    for face.value, path in enumerate(("/?old", "/?useful", "/?other", "/?useful")):
        cached.get(path)
        cached.now += 1
    cached.read()
    seen = {}
    for path in ("/?useful", "/?old"):
        cached.get(path)
        seen[path] = cached.meter.unchanged
    assert seen == {"/?useful": 1, "/?old": 0}
    assert size(cached.folder) <= cached.most


def test_what_nothing_names_any_more_leaves_the_disk(cached: Cached) -> None:
    cached.read()
    cached.now += 1
    cached.most = 10
    cached.get()
    assert list((cached.folder / "corps").iterdir()) == []
    assert size(cached.folder) == 1


def test_what_a_dead_process_left_is_swept(cached: Cached) -> None:
    cached.get()
    old, young = (cached.folder / "corps" / f"{PARTIAL}{name}" for name in ("old", "young"))
    old.write_bytes(b"x")
    young.write_bytes(b"x")
    os.utime(old, (1e9, 1e9))
    cached.get()
    assert (old.exists(), young.exists()) == (False, True)


def test_two_harvests_share_a_cache(cached: Cached, portal: Portal) -> None:
    with Shelf(cached.folder):
        assert cached.get() == 1
        assert cached.get() == 1
    assert cached.meter.unchanged == 1


def size(folder: Path) -> int:
    with sqlite3.connect(folder / NAME) as base:
        [total] = base.execute("select sum(taille) from corps").fetchone()
    base.close()
    return int(total)
