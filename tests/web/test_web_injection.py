"""No request leaves for a private address, whatever the register, a portal or a name server says.

Each test has a real server on loopback, which must hear nothing: a hole would be heard.
"""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from observatoire.demo import faces
from observatoire.demo.accounts import account
from observatoire.demo.ckan import Ckan
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.demo.technologies import FACES
from observatoire.files import Folder
from observatoire.harvest import gather, targets
from observatoire.model import SourceError
from observatoire.register import Register
from observatoire.sources import discover
from observatoire.web import Clock, Patience, Web, WebError

DAY = date(2026, 11, 23)
IMPATIENT = Patience(tries=1, seconds=5.0, silence=5.0, longest=5.0)

SPELLINGS = (
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1%25lo]",
    "①②⑦.⓪.⓪.①",
    "１２７.0.0.1",
    "127。0。0。1",
    "data.gouv.fr@127.0.0.1",
    "data.gouv.fr:80@127.0.0.1",
    "data.gouv.fr%2F@127.0.0.1",
    "169.254.169.254",
    "[fd00:ec2::254]",
)
"""This machine, or a metadata service, as it can be written in an address."""


@pytest.fixture
def secret() -> Iterator[Portal]:
    """Somebody on loopback whom nobody may ask."""
    portal = Portal(Ckan([account("Secret", nb_jeux=1)]))
    with Simulator(portal):
        yield portal


def ask(url: str, *allowed: str) -> None:
    async def work() -> None:
        async with Web(allowed=allowed, patience=IMPATIENT, clock=Clock()) as web:
            await web.get_json(url)

    asyncio.run(work())


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_a_private_address_is_asked(host: str, secret: Portal) -> None:
    with pytest.raises(WebError):
        ask(f"http://{host}:{secret.port}/api/3/action/status_show")
    assert secret.asked == []


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_redirection_leads_to_a_private_address(host: str, secret: Portal) -> None:
    away = f"http://{host}:{secret.port}/"
    front = Portal(Ckan([]), faults=[faces.redirect(away)])
    with Simulator(front), pytest.raises(WebError):
        ask(front.url, front.url)
    assert secret.asked == []


@pytest.mark.parametrize(
    "target", ["//127.0.0.1:{}/", "\\\\127.0.0.1:{}\\", "http:\\\\127.0.0.1:{}"]
)
def test_no_crooked_redirection_leads_to_a_private_address(target: str, secret: Portal) -> None:
    front = Portal(Ckan([]), faults=[faces.redirect(target.format(secret.port))])
    with Simulator(front), pytest.raises(WebError):
        ask(front.url, front.url)
    assert secret.asked == []


def test_a_chain_of_redirections_is_judged_at_each_step(secret: Portal) -> None:
    last = Portal(Ckan([]), faults=[faces.redirect(secret.url)])
    with Simulator(last):
        first = Portal(Ckan([]), faults=[faces.redirect(last.url)])
        with Simulator(first), pytest.raises(WebError, match="pas publique"):
            ask(first.url, first.url, last.url)
    assert last.asked
    assert secret.asked == []


def names(*answers: str) -> Callable[..., list[object]]:
    """A name server that says something else each time, the last answer for ever."""
    left = list(answers)

    def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
        found = left.pop(0) if len(left) > 1 else left[0]
        family = socket.AF_INET6 if ":" in found else socket.AF_INET
        place = (found, port, 0, 0) if ":" in found else (found, port)
        return [(family, socket.SOCK_STREAM, 6, host, place)]

    return resolve


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("1.1.1.1", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1"),
        ("1.1.1.1", "1.1.1.1", "127.0.0.1"),
        ("::ffff:127.0.0.1",),
        ("::1",),
    ],
)
def test_a_name_that_changes_its_address_gains_nothing(
    answers: tuple[str, ...], secret: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined: list[str] = []

    async def watched(loop: object, sock: socket.socket, address: tuple[str, int]) -> None:
        joined.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr("asyncio.selector_events.BaseSelectorEventLoop.sock_connect", watched)
    monkeypatch.setattr(socket, "getaddrinfo", names(*answers))
    for _ in answers:
        with pytest.raises(WebError):
            ask(f"http://data.exemple.fr:{secret.port}/")
    assert set(joined) <= {"1.1.1.1"}
    assert secret.asked == []


def test_an_allowed_address_opens_no_other_port(secret: Portal) -> None:
    front = Portal(Ckan([]))
    with Simulator(front), pytest.raises(WebError, match="pas publique"):
        ask(secret.url, front.url)
    assert secret.asked == []


def test_no_address_of_the_register_is_believed(root: Path, secret: Portal) -> None:
    """Every connector, led by its line of the register to this machine."""
    technos = [t for c in discover().values() for t in c.SOURCE.technos]
    lines = [
        {
            "id": f"p{n}",
            "nom": "Portail",
            "techno": techno,
            "url": f"http://localhost:{secret.port}/geonetwork/{n}",
            "url_api": f"http://127.0.0.1:{secret.port}/{n}" if n % 2 else "",
            "statut": "active",
        }
        for n, techno in enumerate(technos)
    ]
    outcomes = gather(Register(Folder(root)), targets(lines), DAY)
    assert len(outcomes) == len(technos)
    assert all(o.error for o in outcomes)
    assert secret.asked == []


def test_no_address_in_an_answer_is_believed(root: Path, secret: Portal) -> None:
    """A portal of each technology, whose answers lead to this machine instead of themselves."""

    led: Counter[str] = Counter()

    def lead(ask: Ask, answer: Answer) -> Answer:
        led[ask.base] += answer.body.count(ask.base.encode())
        if ask.path in {"/", "/robots.txt"} or not answer.body:
            return answer
        return replace(answer, body=answer.body.replace(ask.base.encode(), secret.url.encode()))

    accounts = [account(f"Commune {n}", nb_jeux=150) for n in range(10)]
    fronts = {t: Portal(face(accounts), faults=[Fault(lead)]) for t, face in FACES.items()}
    with Simulator(*fronts.values()):
        lines = [
            {"id": t, "nom": "P", "techno": t, "url": "https://p.fr", "statut": "active"}
            for t in fronts
        ]
        chosen = targets(lines, bases={t: front.url for t, front in fronts.items()})
        outcomes = gather(Register(Folder(root)), chosen, DAY)
    assert all(front.asked for front in fronts.values())
    assert len(outcomes) == len(FACES)
    assert sum(1 for found in led.values() if found) >= 4, "the answers lead nowhere"
    assert secret.asked == []


def test_a_refused_address_is_an_error_of_the_source() -> None:
    assert issubclass(WebError, SourceError)
