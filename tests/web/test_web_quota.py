"""A server that says how many requests it still takes is believed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web import Clock, Patience, Web, WebError
from observatoire.web.quota import rest

NOW = 1_795_408_400.0


@pytest.mark.parametrize(
    ("remaining", "reset", "seconds"),
    [
        ("0", "30", 30),
        ("0", " 30 ", 30),
        ("0", "1795408490", 90),
        ("0", "1795408490000", 90),
        ("0", "1795408399", 0),
        ("0", "2026-11-23T04:53:50+00:00", 1230),
        ("0", "2026-11-23 04:53:50", 1230),
        ("0", "Mon, 23 Nov 2026 04:53:50 GMT", 1230),
        ("0", "demain", None),
        ("0", "", None),
        ("0", "-5", None),
        ("1", "30", None),
        ("beaucoup", "30", None),
        ("", "30", None),
    ],
)
def test_the_rest_that_headers_ask_for(remaining: str, reset: str, seconds: float | None) -> None:
    for prefix in ("X-RateLimit-", "RateLimit-", "X-Rate-Limit-"):
        headers = {f"{prefix}Remaining": remaining, f"{prefix}Reset": reset}
        assert rest(headers, NOW) == seconds


def test_no_header_asks_for_nothing() -> None:
    assert rest({}, NOW) is None
    assert rest({"X-RateLimit-Limit": "10"}, NOW) is None


@dataclass
class Counting:
    """Says what is left of its quota, one header after the other."""

    left: list[Mapping[str, str]] = field(default_factory=list)
    status: int = 200

    def answer(self, ask: Ask) -> Answer:
        headers = self.left.pop(0) if self.left else {}
        return Answer(self.status if headers else 200, ask.path.encode(), headers=headers)


def visit(face: Counting, *paths: str) -> tuple[list[float], list[str]]:
    """The waits, and what became of each request."""
    waits: list[float] = []
    said: list[str] = []
    portal = Portal(face)
    hour = [NOW]

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        hour[0] += seconds

    async def work() -> None:
        clock = Clock(sleep=sleep, now=lambda: hour[0], chance=lambda: 0.0)
        async with Web(allowed=[portal.url], clock=clock, patience=Patience(tries=2)) as web:
            for path in paths:
                try:
                    said.append((await web.get(portal.url + path)).body.decode())
                except WebError as error:
                    said.append(str(error).partition(" : ")[2])

    with Simulator(portal):
        asyncio.run(work())
    return waits, said


def spent(reset: str) -> Mapping[str, str]:
    return {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset}


def test_the_last_request_of_a_quota_is_followed_by_a_rest() -> None:
    waits, said = visit(Counting([spent("40")]), "/a", "/b", "/c")
    assert (waits, said) == ([40], ["/a", "/b", "/c"])


def test_a_refusal_waits_for_the_end_of_the_quota() -> None:
    waits, said = visit(Counting([spent("40")], 429), "/a")
    assert (waits, said) == ([40], ["/a"])


@pytest.mark.parametrize(
    ("asked", "waits", "seen"),
    [
        ({"Retry-After": "40"}, [40], [429, 200, 200]),
        ({}, [], [429, 200, 200]),
        (
            {"Retry-After": "600"},
            [],
            [429, "le serveur ne veut plus de requêtes avant 10 minutes."],
        ),
    ],
)
def test_looks_that_follow_a_refusal_leave_the_host_in_peace(
    asked: dict[str, str], waits: list[float], seen: list[int | str]
) -> None:
    portal = Portal(Counting(), faults=[Fault(lambda *_: Answer(429, headers=asked), times=1)])
    slept, hour = [], [NOW]

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        hour[0] += seconds

    async def work() -> list[int | str]:
        said: list[int | str] = []
        async with Web(allowed=[portal.url], clock=Clock(sleep, lambda: hour[0])) as web:
            for _ in range(3):
                try:
                    said.append((await web.look(portal.url)).status)
                except WebError as error:
                    said.append(str(error).partition(" : ")[2])
        return said

    with Simulator(portal):
        found = asyncio.run(work())
    assert found[: len(seen)] == seen
    assert slept == waits


def test_a_quota_for_the_day_stops_the_harvest_of_this_host() -> None:
    waits, said = visit(Counting([spent("7200")]), "/a", "/b", "/c")
    tired = "le serveur ne veut plus de requêtes avant 120 minutes."
    assert (waits, said) == ([], ["/a", tired, tired])


def test_a_refusal_for_the_day_is_told_with_its_cause() -> None:
    waits, said = visit(Counting([{"Retry-After": "86400"}], 429), "/a", "/b")
    assert waits == []
    assert said == [
        "le serveur reçoit trop de requêtes (code 429).",
        "le serveur ne veut plus de requêtes avant 24 heures.",
    ]
