"""A question is sent whole; a look takes what it finds."""

from __future__ import annotations

import asyncio

import pytest
from web_bench import BIG, Asked, Echo, Patient

from observatoire.demo import faces
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web import Look, Reply, Web, WebError


def post(portal: Portal, path: str = "/", patient: Patient | None = None) -> object:
    async def work() -> object:
        async with Web(allowed=[portal.url], clock=(patient or Patient()).clock()) as web:
            return await web.post_json(portal.url + path, {"q": "Épinay"}, {"X-T": "t"})

    with Simulator(portal):
        return asyncio.run(work())


def test_a_question_is_sent_in_json_with_its_headers() -> None:
    said = post(Portal(Asked()))
    assert said == {"method": "POST", "body": '{"q": "\\u00c9pinay"}', "token": "t"}


def test_a_question_that_fails_is_asked_again_whole() -> None:
    portal = Portal(Asked(), faults=[faces.cut(times=2)])
    assert isinstance(post(portal), dict)
    assert [a.body for a in portal.asked] == [b'{"q": "\\u00c9pinay"}'] * 3


def test_a_question_is_never_redirected() -> None:
    portal = Portal(Asked())
    with pytest.raises(WebError, match=r"refuse la requête \(code 302\)"):
        post(portal, "/old")
    assert [a.path for a in portal.asked] == ["/old"]


def test_the_answer_to_a_question_must_be_json() -> None:
    with pytest.raises(WebError, match="JSON lisible"):
        post(Portal(Asked(), faults=[faces.truncated()]))


def test_a_whole_answer_says_where_it_comes_from() -> None:
    portal = Portal(Asked(), faults=[faces.mistyped("text/turtle; charset=utf-8")])

    async def work() -> Reply:
        async with Web(allowed=[portal.url]) as web:
            return await web.get(f"{portal.url}/old", {"a": 1})

    with Simulator(portal):
        reply = asyncio.run(work())
    assert (reply.url, reply.type) == (f"{portal.url}/new", "text/turtle")
    assert reply.cookies == {"A": "1", "B": "2"}
    assert b"GET" in reply.body


def look(portal: Portal, path: str = "/", most: int = 2**18) -> Look:
    async def work() -> Look:
        async with Web(allowed=[portal.url]) as web:
            return await web.look(portal.url + path, most=most)

    with Simulator(portal):
        return asyncio.run(work())


@pytest.mark.parametrize(("fault", "status"), [(faces.status(503), 503), (faces.html(), 200)])
def test_a_look_takes_errors_and_pages_as_they_are(fault: Fault, status: int) -> None:
    portal = Portal(Echo(), faults=[fault])
    seen = look(portal)
    assert (seen.status, seen.url, len(portal.asked)) == (status, f"{portal.url}/", 1)


def test_a_look_goes_where_redirections_lead() -> None:
    seen = look(Portal(Asked()), "/old")
    assert seen.url.endswith("/new")
    assert seen.headers["set-cookie"] == "B=2"


def test_a_look_sees_the_start_of_what_is_big() -> None:
    assert look(Portal(Echo()), "/file", most=1_000).body == BIG[:1_000]


def test_a_look_at_nothing_is_told() -> None:
    with pytest.raises(WebError, match="interrompue en route"):
        look(Portal(Echo(), faults=[faces.down()]))
