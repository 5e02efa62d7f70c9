"""What did not change does not travel twice, and nothing that changed is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from cache_bench import TAGGED, Cached, Number, counts
from web_bench import BIG

from observatoire.demo import faces
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal
from observatoire.web import Web, WebError

DAY = 86_400.0
DATED = {
    "Last-Modified": "Mon, 23 Nov 2026 05:00:00 GMT",
    "Date": "Mon, 23 Nov 2026 06:00:00 GMT",
}


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


def test_neither_a_question_in_a_body_nor_an_error_is_kept(cached: Cached, portal: Portal) -> None:
    async def post(web: Web) -> object:
        return await web.post_json(portal.url, {"q": 1})

    async def look(web: Web) -> int:
        return (await web.look(f"{portal.url}/error")).status

    portal.faults = [Fault(lambda _, a: replace(a, status=404), "/error")]
    for work, said in ((post, 1), (look, 404)):
        assert cached.run(work) == said
        assert cached.meter.kept == set()
