"""A harvest of portals of every technology, a third of them failing in every way at once."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from portal_bench import TODAY
from test_sources_technologies import FAULTS, TECHNOLOGIES

from observatoire.demo import line_faults
from observatoire.demo.accounts import Account, account
from observatoire.demo.faces import Fault
from observatoire.demo.simulator import Portal, Simulator
from observatoire.files import Memory
from observatoire.harvest import Harvest, collect, merge, targets
from observatoire.register import Register
from observatoire.web import Clock, Patience, Web

PORTALS = 90
SECONDS = 60
MAY_NOT_HARM = 4
"""Faults of lists by pages, on a portal that gives its list at once, or in a second way."""


def faulty() -> list[Fault]:
    """Every way of failing, the slow and the endless among them."""
    made = [make() for make in FAULTS.values()]
    return [*made, line_faults.drip(0.2), line_faults.huge(2**30), line_faults.bomb(2**30)]


@pytest.fixture
def register(root: Path) -> Memory:
    names = ("moissons", "journal")
    return Memory({f"schemas/{n}.json": (root / f"schemas/{n}.json").read_bytes() for n in names})


def portals(publishers: int) -> list[tuple[str, Portal]]:
    """Portals of all technologies in turn, each with as many publishers of its own."""
    turn = itertools.cycle(TECHNOLOGIES.items())
    return [
        (techno, Portal(one.face([_commune(n, i) for i in range(publishers)])))
        for n, (techno, one) in zip(range(PORTALS), turn, strict=False)
    ]


def _commune(portal: int, number: int) -> Account:
    return account(f"Commune {portal} {number}", nb_jeux=12)


def harvest(files: Memory, content: Sequence[tuple[str, Portal]]) -> Harvest:
    async def sleep(_: float) -> None:
        pass

    async def work() -> Harvest:
        platforms = [
            {
                "id": f"p-{number}",
                "nom": f"Portail {number}",
                "techno": techno,
                "statut": "active",
                "url": f"https://p-{number}.exemple.fr",
                "url_api": portal.url,
            }
            for number, (techno, portal) in enumerate(content)
        ]
        register = Register(files)
        schema = register.schema("moissons/ckan")
        patience = Patience(silence=2.0, seconds=5.0, transfer=5.0, grace=1.0)
        web = Web(allowed=[p.url for _, p in content], clock=Clock(sleep=sleep), patience=patience)
        async with web:
            found = await collect(targets(platforms), web, schema, TODAY, lambda _: None)
        return merge(register, found, TODAY)

    return asyncio.run(work())


def lines(files: Memory, platform: str) -> list[str]:
    """The lines of a platform, whatever its source."""
    texts = (files[p].decode() for p in sorted(files) if p.startswith("data/moissons/"))
    return [line for text in texts for line in text.splitlines() if f"{platform}," in line]


def after(files: Memory, result: Harvest) -> Memory:
    return Memory({**files, **{p: c for p, c in result.changes.items() if c is not None}})


def fails(number: int) -> bool:
    """A third of the portals, of each technology in turn."""
    return (number + number // len(TECHNOLOGIES)) % 3 == 0


def test_a_third_failing_harms_nobody_and_ends(register: Memory) -> None:
    content = portals(3)
    with Simulator(*(portal for _, portal in content)):
        first = harvest(register, content)
        assert [o.error for o in first.failures] == []
        good = after(register, first)
        assert len([p for p in good if p.startswith("data/moissons/")]) == len(TECHNOLOGIES) + 1
        assert harvest(good, content).changes == {}

        ways = itertools.cycle(faulty())
        for number, ((_, portal), (_, grown)) in enumerate(zip(content, portals(4), strict=True)):
            portal.face = grown.face
            portal.faults = [next(ways)] if fails(number) else []
        start = time.monotonic()
        result = harvest(good, content)
        assert time.monotonic() - start < SECONDS

    told = {o.plateforme: o.error for o in result.failures}
    assert {int(p.removeprefix("p-")) for p in told} <= set(filter(fails, range(PORTALS)))
    assert len(told) >= PORTALS // 3 - MAY_NOT_HARM
    assert all(error.endswith(".") and "\n" not in error for error in told.values())
    now = after(good, result)
    for number in range(PORTALS):
        before, kept = lines(good, f"p-{number}"), lines(now, f"p-{number}")
        assert len(before) == 3 + 1
        assert kept == before if f"p-{number}" in told else len(kept) == 4 + 1
