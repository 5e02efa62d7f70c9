"""The simulator is a real server, and its faults are those that portals have."""

from __future__ import annotations

import socket
import threading
import urllib.error
import urllib.request
from dataclasses import dataclass

import pytest

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.faults import FAULTS
from observatoire.demo.simulator import Portal, Simulator


@dataclass
class Hello:
    """Answers its name."""

    name: str = "a"

    def answer(self, ask: Ask) -> Answer:
        return Answer(body=f"{self.name} {ask.path} {dict(ask.query)}".encode())


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return bytes(answer.read())


def test_each_portal_has_its_own_address_and_content() -> None:
    one, two = Portal(Hello("a")), Portal(Hello("b"))
    with Simulator(one, two):
        assert get(f"{one.url}/x?q=1") == b"a /x {'q': '1'}"
        assert get(f"{two.url}/") == b"b / {}"
    assert one.url != two.url
    assert [a.path for a in one.asked] == ["/x"]


def test_nothing_answers_after_the_block() -> None:
    portal = Portal(Hello())
    threads = threading.active_count()
    with Simulator(portal):
        get(portal.url)
    assert threading.active_count() == threads
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", portal.port), timeout=1)


def test_a_port_already_taken_is_an_error_at_once() -> None:
    portal = Portal(Hello())
    with Simulator(portal), pytest.raises(OSError, match="address already in use"):
        Simulator(Portal(Hello(), port=portal.port)).__enter__()


def test_a_hundred_portals_start_and_stop() -> None:
    portals = [Portal(Hello(str(i))) for i in range(100)]
    with Simulator(*portals):
        assert get(portals[99].url).startswith(b"99")


def test_faults_apply_in_order_each_for_its_time() -> None:
    portal = Portal(Hello(), faults=[faces.status(503, times=1), faces.busy("4", times=1)])
    seen = []
    with Simulator(portal):
        for _ in range(3):
            try:
                get(portal.url)
                seen.append((200, None))
            except urllib.error.HTTPError as error:
                with error:
                    seen.append((error.code, error.headers.get("Retry-After")))
    assert seen == [(429, "4"), (200, None), (200, None)]


def test_a_fault_can_strike_some_paths_only() -> None:
    fault = faces.status(500, "/r/")
    assert fault.apply(Ask("", "/api/r/1"), Answer()).status == 500
    assert fault.apply(Ask("", "/api/1"), Answer()).status == 200


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("panne", 500),
        ("limite", 429),
        ("html", "text/html"),
        ("tronque", b"0123"),
        ("redirection", "169.254.169.254"),
        ("sans-fin", b"next_page"),
        ("coupe", 4),
        ("muet", -1),
    ],
)
def test_a_fault_of_the_command_line_does_what_its_name_says(name: str, expected: object) -> None:
    body = b'{"data": []}' if name == "sans-fin" else b"01234567"
    answer = FAULTS[name]().apply(Ask("http://p", "/x"), Answer(body=body))
    facts = (answer.status, answer.body, answer.sent)
    text = f"{answer.type} {answer.headers}"
    assert expected in facts or str(expected) in text or b"next_page" in answer.body


def test_every_fault_of_the_command_line_is_told_in_its_help() -> None:
    from observatoire.commands.simulate import EPILOG

    assert ", ".join(FAULTS) in EPILOG.replace("\n", " ")


def test_a_late_answer_waits() -> None:
    assert faces.slow(2).apply(Ask("", "/"), Answer(delay=1)).delay == 3


def test_a_bug_in_a_face_breaks_the_line_and_is_loud(caplog: pytest.LogCaptureFixture) -> None:
    @dataclass
    class Broken:
        def answer(self, ask: Ask) -> Answer:
            raise KeyError(ask.path)

    portal = Portal(Broken())
    with Simulator(portal), pytest.raises(OSError, match=r"closed|reset"):
        get(portal.url)
    assert "KeyError" in caplog.text


def test_requests_follow_each_other_on_a_connection() -> None:
    portal = Portal(Hello())
    with Simulator(portal), socket.create_connection(("127.0.0.1", portal.port), 5) as client:
        client.sendall(b"GET /1 HTTP/1.1\r\n\r\nPOST /2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nab")
        client.sendall(b"cGET /3%20?q= HTTP/1.1\r\nX-T: v\r\n\r\n")
        said = b""
        while b"a /3" not in said:
            said += client.recv(65_536)
    assert [a.path for a in portal.asked] == ["/1", "/2", "/3 "]
    assert (portal.asked[1].method, portal.asked[1].body) == ("POST", b"abc")
    assert (portal.asked[2].query, portal.asked[2].headers) == ({"q": ""}, {"x-t": "v"})
    assert portal.under_way == 0


def test_an_answer_that_did_not_change_is_not_sent_again() -> None:
    portal = Portal(Hello(), validators=True)
    with Simulator(portal):
        with urllib.request.urlopen(portal.url, timeout=5) as first:
            tag = first.headers["ETag"]
        again = urllib.request.Request(portal.url, headers={"If-None-Match": tag})
        with pytest.raises(urllib.error.HTTPError, match="304") as caught:
            urllib.request.urlopen(again, timeout=5)
        caught.value.close()
        portal.face = Hello("b")
        with urllib.request.urlopen(again, timeout=5) as other:
            assert other.read().startswith(b"b")
