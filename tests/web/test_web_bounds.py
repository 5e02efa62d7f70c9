"""What bounds a harvest: sizes, speeds, redirections, and the rest that a host asks for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest
from multidict import CIMultiDict
from web_bench import Asked, get
from yarl import URL

from observatoire.demo import faces
from observatoire.demo.faces import Answer as Said
from observatoire.demo.faces import Ask
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web import Clock, Patience, Web, WebError, reading
from observatoire.web.address import next_hop
from observatoire.web.exchange import Answer, Question
from observatoire.web.failures import Final
from observatoire.web.hosts import Host
from observatoire.web.quota import rest
from observatoire.web.transfer import Transfer

HERE = URL("https://a.fr/x")


def answer(*pieces: bytes, status: int = 200, **headers: str) -> Answer:
    async def body() -> AsyncIterator[bytes]:
        for piece in pieces:
            await asyncio.sleep(0)
            yield piece

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(HERE, status, CIMultiDict(named), body())


async def size(answer: Answer, limit: int, before: int, patience: Patience) -> int:
    return sum([len(p) async for p in reading.pieces(answer, limit, patience, before)])


@pytest.mark.parametrize("headers", [{}, {"Content_Length": "50"}])
@pytest.mark.parametrize(("before", "fits"), [(50, True), (51, False)])
def test_the_whole_of_a_file_counts_when_it_comes_in_two_parts(
    headers: dict[str, str], before: int, fits: bool
) -> None:
    coming = answer(b"x" * 25, b"x" * 25, **headers)
    if fits:
        assert asyncio.run(size(coming, 100, before, Patience())) == 50
    else:
        with pytest.raises(Final, match="dépasse la taille permise"):
            asyncio.run(size(coming, 100, before, Patience()))


@pytest.mark.parametrize(("slowest", "grace"), [(1e15, 0.0), (1e15, 60.0), (1e-15, 0.0)])
def test_an_answer_must_come_fast_enough_once_its_time_of_grace_is_over(
    slowest: float, grace: float
) -> None:
    reading = size(answer(b"x", b"x"), 100, 0, Patience(slowest=slowest, grace=grace))
    if slowest > 1 and not grace:
        with pytest.raises(Final, match="au compte-gouttes"):
            asyncio.run(reading)
    else:
        assert asyncio.run(reading) == 2


@dataclass
class Stairs:
    """Redirects /3 to /2, /2 to /1, /1 to /0."""

    def answer(self, ask: Ask) -> Said:
        steps = int(ask.path[1:])
        return Said(302, headers={"Location": f"/{steps - 1}"}) if steps else Said(200, b"1")


def test_five_redirections_are_followed_and_no_more() -> None:
    assert get(Portal(Stairs()), "/5") == 1
    portal = Portal(Stairs())
    with pytest.raises(WebError, match="n'en finissent pas"):
        get(portal, "/6")
    assert [a.path for a in portal.asked] == ["/6", "/5", "/4", "/3", "/2", "/1"]


@pytest.mark.parametrize(
    ("target", "kept"),
    [("https://a.fr/y#z", {"COOKIE", "Authorization", "Accept"}), ("https://b.fr/y#z", {"Accept"})],
)
def test_what_is_for_one_site_does_not_follow_to_another(target: str, kept: set[str]) -> None:
    asked = {"COOKIE": "a", "Authorization": "b", "Accept": "c"}
    onward = next_hop(Question(HERE, asked), answer(status=302, Location=target))
    assert onward is not None
    assert str(onward.url) == target.removesuffix("#z")
    assert set(onward.headers) == kept


def test_a_cookie_stays_with_its_answer() -> None:
    portal = Portal(Asked())

    async def work(url: str) -> None:
        async with Web(allowed=[url]) as web:
            for _ in range(2):
                assert (await web.get(url)).cookies == {"B": "2"}

    with Simulator(portal):
        # A cookie is never kept for a mere number.
        asyncio.run(work(portal.url.replace("127.0.0.1", "localhost")))
    assert [a.headers.get("cookie") for a in portal.asked] == [None, None]


@pytest.mark.parametrize(
    ("place", "goes_on"),
    [
        ("bytes 10-99/100", True),
        ("bytes 0-99/100", False),
        ("bytes 100-199/200", False),
        ("", False),
    ],
)
def test_the_rest_of_a_file_starts_where_it_stopped(place: str, goes_on: bool) -> None:
    file = Transfer(received=10, version='"v1"')
    part = answer(status=206, ETag='"v1"', Content_Range=place)
    if goes_on:
        file.accept(part)
        assert file.resumable
    else:
        with pytest.raises(Final, match="a changé pendant sa lecture"):
            file.accept(part)


@pytest.mark.parametrize(
    ("headers", "version"),
    [
        ({"ETag": '"v1"'}, '"v1"'),
        ({"ETag": 'W/"v1"'}, ""),
        ({"ETag": '"v1"', "Content_Encoding": "gzip"}, ""),
        ({}, ""),
    ],
)
def test_a_version_names_bytes_only_when_they_are_exact(
    headers: dict[str, str], version: str
) -> None:
    file = Transfer()
    file.accept(answer(**headers))
    assert file.version == version


@dataclass
class Hour:
    """A clock that moves when it sleeps; ``late`` is what happens meanwhile."""

    now: float = 0.0

    def host(self, *later: float) -> tuple[Host, list[float]]:
        waits: list[float] = []
        coming = list(later)

        async def sleep(seconds: float) -> None:
            waits.append(seconds)
            self.now += seconds
            if coming:
                host.rest(coming.pop(0))

        host = Host(2, Patience(longest=120.0), Clock(sleep=sleep, now=lambda: self.now))
        return host, waits


def test_the_longest_rest_that_a_host_asks_for_counts() -> None:
    host, waits = Hour().host()
    host.rest(30)
    host.rest(10)
    asyncio.run(host.ready())
    assert waits == [30]


def test_a_rest_asked_for_during_a_rest_is_taken_too() -> None:
    host, waits = Hour().host(5, 7)
    host.rest(30)
    asyncio.run(host.ready())
    assert waits == [30, 5, 7]


def test_a_host_that_rests_for_longer_than_reasonable_is_left_alone() -> None:
    host, waits = Hour().host()
    host.rest(120)
    asyncio.run(host.ready())
    host.rest(121)
    with pytest.raises(Final, match="avant 3 minutes"):
        asyncio.run(host.ready())
    assert waits == [120]


def test_a_refusal_is_for_all_who_ask_the_same_host() -> None:
    portal = Portal(Asked(), faults=[faces.busy("17", "/a", times=1)])
    waits: list[float] = []

    async def work() -> None:
        over = asyncio.Event()

        async def sleep(seconds: float) -> None:
            waits.append(seconds)
            await over.wait()

        clock = Clock(sleep=sleep, now=lambda: 0.0, chance=lambda: 0.0)
        async with Web(allowed=[portal.url], clock=clock) as web, asyncio.TaskGroup() as group:
            group.create_task(web.get_json(f"{portal.url}/a"))
            while not waits:
                await asyncio.sleep(0)
            other = group.create_task(web.get_json(f"{portal.url}/b"))
            while len(waits) == 1 and not other.done():
                await asyncio.sleep(0)
            assert [a.path for a in portal.asked] == ["/a"]
            over.set()

    with Simulator(portal):
        asyncio.run(work())
    assert waits == [17, 17]
    assert sorted(a.path for a in portal.asked) == ["/a", "/a", "/b"]


def test_a_question_is_named_by_all_that_it_says() -> None:
    one = Question(HERE, {"Accept": "a", "X-Fields": "b"})
    assert one.key == Question(HERE, {"x-fields": "b", "accept": "a"}).key
    others = (
        Question(HERE, {"Accept": "a"}),
        Question(HERE, {"Accept": "b", "X-Fields": "a"}),
        Question(HERE / "y", one.headers),
        Question(HERE, one.headers, b""),
        Question(HERE, one.headers, b"{}"),
    )
    assert len({one.key, *(o.key for o in others)}) == 6


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on the other side of the world."""
    with monkeypatch.context() as here:
        here.setenv("TZ", "Pacific/Noumea")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.usefixtures("far_away")
def test_an_hour_without_a_zone_is_universal_wherever_the_machine_is() -> None:
    headers = {"RateLimit-Remaining": "0", "RateLimit-Reset": "1970-01-01 00:10:00"}
    assert rest(headers, 60.0) == 540
