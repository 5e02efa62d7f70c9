"""Every way a server can misbehave has its French sentence, and a good answer arrives whole."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from dataclasses import replace

import pytest
from web_bench import Echo, Patient, get
from yarl import URL

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.model import SourceError
from observatoire.web import Patience, Web, WebError

NOT_PUBLIC = "dont l'adresse n'est pas publique"


def refusal(portal: Portal, path: str = "/", **options: int) -> str:
    with pytest.raises(WebError) as caught:
        get(portal, path, **options)
    return str(caught.value)


def test_a_json_document_is_read_with_its_parameters() -> None:
    portal = Portal(Echo())

    async def work() -> object:
        async with Web(allowed=[portal.url]) as web:
            return await web.get_json(portal.url, {"q": "Épinay & co"})

    with Simulator(portal):
        assert asyncio.run(work()) == {"q": "Épinay & co"}


def test_the_server_learns_who_asks_and_whom_to_write_to() -> None:
    portal = Portal(Echo())
    get(portal)
    assert "(+https://" in portal.asked[0].headers["user-agent"]
    assert portal.asked[0].headers["accept"] == "application/json"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (faces.status(403), "l'accès est refusé (code 403)."),
        (faces.status(404), "cette page n'existe pas (code 404)."),
        (faces.status(410), "cette page a été supprimée (code 410)."),
        (faces.status(418), "le serveur refuse la requête (code 418)."),
        (faces.status(500), "le serveur est en panne (code 500)."),
        (faces.status(304), "le serveur refuse la requête (code 304)."),
        (faces.html(), "le serveur répond une page web au lieu de données."),
        (faces.truncated(), "la réponse n'est pas du JSON lisible."),
        (faces.mistyped("text/html"), "le serveur répond une page web au lieu de données."),
    ],
)
def test_a_final_failure_is_told_at_once(fault: Fault, sentence: str) -> None:
    portal = Portal(Echo(), faults=[fault])
    assert refusal(portal) == f"{portal.url}/ : {sentence}"
    assert len(portal.asked) == 1


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (faces.busy(), "le serveur reçoit trop de requêtes (code 429)."),
        (faces.busy("3"), "le serveur reçoit trop de requêtes (code 429)."),
        (faces.status(502), "le serveur est en panne (code 502)."),
        (faces.status(503), "le serveur est en panne (code 503)."),
        (faces.status(504), "le serveur est en panne (code 504)."),
        (faces.down(), "la réponse s'est interrompue en route."),
        (faces.cut(), "la réponse s'est interrompue en route."),
    ],
)
def test_a_passing_failure_is_told_after_four_tries(fault: Fault, sentence: str) -> None:
    portal = Portal(Echo(), faults=[fault])
    patient = Patient()
    with pytest.raises(WebError) as caught:
        get(portal, patient=patient)
    assert str(caught.value) == f"{portal.url}/ : {sentence}"
    assert len(patient.waits) == 3
    assert patient.waits == sorted(patient.waits)


@pytest.mark.parametrize("make", [faces.busy, faces.down, faces.cut])
def test_a_failure_that_passes_leaves_no_trace(make: Callable[..., Fault]) -> None:
    assert get(Portal(Echo(), faults=[make(times=2)]), "/?q=a") == {"q": "a"}


def test_the_wait_that_the_server_asks_for_is_respected() -> None:
    patient = Patient()
    get(Portal(Echo(), faults=[faces.busy("17", times=1)]), patient=patient)
    assert patient.waits == [17]


def test_a_server_that_asks_for_an_hour_is_left_alone() -> None:
    portal = Portal(Echo(), faults=[faces.busy("3600")])
    patient = Patient()
    with pytest.raises(WebError):
        get(portal, patient=patient)
    assert (len(portal.asked), patient.waits) == (1, [])


def test_json_under_another_type_is_read_all_the_same() -> None:
    assert get(Portal(Echo(), faults=[faces.mistyped("text/plain")]), "/?q=a") == {"q": "a"}


@pytest.mark.parametrize("body", [b"[" * 200_000, b"1" * 5_000, b"\xff\xfe{}", b"", b"{'a': 1}"])
def test_hostile_json_is_a_failure_like_another(body: bytes) -> None:
    spoilt = Fault(lambda _, answer: replace(answer, body=body))
    assert refusal(Portal(Echo(), faults=[spoilt])).endswith("n'est pas du JSON lisible.")


def test_an_answer_over_the_size_limit_is_dropped_on_the_way() -> None:
    sentence = refusal(Portal(Echo()), "/file", limit=2**20)
    assert sentence.endswith("la réponse dépasse la taille permise (1 Mio).")


def test_compression_does_not_hide_a_size() -> None:
    import gzip

    bomb = gzip.compress(b" " * 3_000_000)
    gzipped = {"Content-Encoding": "gzip"}
    fault = Fault(lambda *_: Answer(200, bomb, headers=gzipped))
    assert "dépasse la taille permise" in refusal(Portal(Echo(), faults=[fault]), limit=2**20)


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:22/",
        "http://[::1]/",
        "http://10.0.0.8/",
        "http://0.0.0.0/",
    ],
)
def test_a_redirection_to_a_private_address_is_refused(target: str) -> None:
    sentence = refusal(Portal(Echo(), faults=[faces.redirect(target)]))
    assert sentence.endswith(f"la requête mène à « {URL(target).host} », {NOT_PUBLIC}.")


@pytest.mark.parametrize("found", [["10.0.0.8"], ["10.0.0.8", "10.0.0.9"]])
def test_a_name_that_resolves_to_a_private_address_is_refused(
    found: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(host: str, port: int, *_: object, **__: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, port)) for a in found]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def work() -> None:
        async with Web() as web:
            await web.get_json("http://data.exemple.fr/")

    with pytest.raises(WebError, match=f"data.exemple.fr », {NOT_PUBLIC}"):
        asyncio.run(work())


def test_a_private_address_is_refused_unless_it_is_allowed() -> None:
    portal = Portal(Echo())

    async def work() -> None:
        async with Web() as web:
            await web.get_json(portal.url)

    with Simulator(portal), pytest.raises(WebError, match=f"127.0.0.1 », {NOT_PUBLIC}"):
        asyncio.run(work())
    assert portal.asked == []


@pytest.mark.parametrize(
    ("target", "cause"),
    [
        ("/", "les redirections n'en finissent pas"),
        ("file:///etc/passwd", "ne commence pas par http"),
        ("http://[", "mal formée"),
        ("http://2130706433/", "mal formée"),
        ("http://a..b/", "mal formé"),
    ],
)
def test_a_redirection_that_leads_nowhere_is_told(target: str, cause: str) -> None:
    assert cause in refusal(Portal(Echo(), faults=[faces.redirect(target)]))


@pytest.mark.parametrize(
    "url", ["", "ftp://a.fr/", "data.fr", "http://", "http://[::1", "file:///"]
)
def test_what_is_not_a_web_address_is_told(url: str) -> None:
    async def work() -> None:
        async with Web() as web:
            await web.get_json(url)

    with pytest.raises(SourceError, match="n'est pas une adresse web"):
        asyncio.run(work())


def test_a_message_shows_no_password_and_no_key() -> None:
    portal = Portal(Echo(), faults=[faces.status(404)])

    async def work() -> None:
        async with Web(allowed=[portal.url]) as web:
            url = portal.url.replace("//", "//moi:secret1@")
            await web.get_json(f"{url}/x?apikey=secret2&q=a")

    with Simulator(portal), pytest.raises(WebError) as caught:
        asyncio.run(work())
    assert "secret" not in str(caught.value)
    assert "q=a" in str(caught.value)


def test_a_silent_server_is_not_waited_for_for_ever() -> None:
    portal = Portal(Echo(), faults=[faces.slow(30)])
    patience = Patience(tries=1, silence=0.05)

    async def work() -> None:
        async with Web(allowed=[portal.url], patience=patience) as web:
            await web.get_json(portal.url)

    with Simulator(portal), pytest.raises(WebError, match="trop lent à répondre"):
        asyncio.run(work())


def test_a_host_gets_two_requests_at_once_and_all_hosts_are_asked_together() -> None:
    portals = [Portal(Echo(), latency=0.03) for _ in range(5)]

    async def work() -> None:
        async with Web(allowed=[p.url for p in portals]) as web:
            await asyncio.gather(*(web.get_json(p.url) for p in portals for _ in range(6)))

    with Simulator(*portals) as simulator:
        asyncio.run(work())
    assert [p.most for p in portals] == [2] * 5
    assert [len(p.asked) for p in portals] == [6] * 5
    assert simulator.most > 2


@pytest.mark.parametrize(
    ("number", "sentence", "tries"),
    [
        (socket.EAI_NONAME, "ce nom de domaine n'existe pas.", 1),
        (socket.EAI_AGAIN, "ce nom de domaine ne peut pas être cherché pour l'instant.", 4),
    ],
)
def test_a_name_that_does_not_exist_is_not_asked_again(
    number: int, sentence: str, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def resolve(host: str, *_: object, **__: object) -> list[object]:
        asked.append(host)
        raise socket.gaierror(number, "")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    async def work() -> None:
        async with Web(clock=Patient().clock()) as web:
            await web.get_json("http://data.exemple.fr/")

    with pytest.raises(WebError, match=sentence) as caught:
        asyncio.run(work())
    assert asked == ["data.exemple.fr"] * tries
    assert not caught.value.there
