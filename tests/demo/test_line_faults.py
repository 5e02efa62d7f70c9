"""The faults of the line end in one French sentence, in bounded time and memory."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from observatoire.demo import line_faults
from observatoire.demo.faces import Answer, Ask, Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web import Patience, Web, WebError

MIB = 2**20


@dataclass
class Text:
    """Answers its path as JSON."""

    def answer(self, ask: Ask) -> Answer:
        return Answer(body=json.dumps({"texte": ask.path}).encode())


def refusal(fault: Fault, patience: Patience, *, stream: bool = False) -> str:
    portal = Portal(Text(), faults=[fault])

    async def work() -> None:
        async with Web(allowed=[portal.url], patience=patience) as web:
            if stream:
                async for _ in web.stream_bytes(portal.url, limit=32 * MIB):
                    pass
            else:
                await web.get_json(portal.url, limit=32 * MIB)

    with Simulator(portal), pytest.raises(WebError) as caught:
        asyncio.run(work())
    return str(caught.value).removeprefix(f"{portal.url}/ : ")


BIG = "la réponse dépasse la taille permise (32 Mio)."


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (line_faults.huge, BIG),
        (lambda: line_faults.huge(announced=True), BIG),
        (line_faults.bomb, BIG),
        (lambda: line_faults.drip(0.02), "le serveur envoie sa réponse au compte-gouttes."),
        (line_faults.loop, "les redirections n'en finissent pas."),
        (line_faults.garbled, "la réponse n'est pas du JSON lisible."),
    ],
)
def test_a_hostile_answer_is_told_in_one_sentence(make: Callable[[], Fault], sentence: str) -> None:
    assert refusal(make(), Patience(tries=1, grace=0.05)) == sentence


@pytest.mark.parametrize("make", [line_faults.huge, line_faults.bomb])
def test_two_gigabytes_do_not_enter_memory(make: Callable[[], Fault]) -> None:
    tracemalloc.start()
    try:
        assert refusal(make(), Patience(tries=1), stream=True) == BIG
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()


def test_a_slow_answer_that_is_not_at_a_standstill_is_read() -> None:
    portal = Portal(Text(), faults=[line_faults.drip(0.001)])

    async def work() -> object:
        async with Web(allowed=[portal.url], patience=Patience(tries=1, slowest=1)) as web:
            return await web.get_json(portal.url)

    with Simulator(portal):
        assert asyncio.run(work()) == {"texte": "/"}
