"""A big file arrives whole, or not at all."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest
from web_bench import BIG, Echo, Patient

from observatoire.demo import faces
from observatoire.demo.simulator import Portal, Simulator
from observatoire.web import Web, WebError


def read(portal: Portal, patient: Patient | None = None, **options: int) -> bytes:
    async def work() -> bytes:
        async with Web(allowed=[portal.url], clock=(patient or Patient()).clock()) as web:
            stream = web.stream_bytes(f"{portal.url}/file", **options)
            return b"".join([chunk async for chunk in stream])

    with Simulator(portal):
        return asyncio.run(work())


def test_a_big_file_arrives_whole() -> None:
    assert read(Portal(Echo())) == BIG


def test_a_broken_transfer_goes_on_from_where_it_stopped() -> None:
    portal = Portal(Echo(), faults=[faces.cut(times=2)])
    assert read(portal) == BIG
    starts = [a.headers.get("range") for a in portal.asked]
    assert starts[0] is None
    assert all(s and s.startswith("bytes=") for s in starts[1:])
    assert len(starts) == 3


def test_a_file_that_changes_during_a_transfer_is_refused() -> None:
    portal = Portal(Echo(versions=['"v1"', '"v2"']), faults=[faces.cut(times=1)])
    with pytest.raises(WebError, match="le fichier a changé pendant sa lecture"):
        read(portal)


@pytest.mark.parametrize("version", ["", 'W/"v1"'])
def test_a_broken_transfer_without_an_exact_version_is_lost(version: str) -> None:
    portal = Portal(Echo(version), faults=[faces.cut(times=1)])
    with pytest.raises(WebError, match="interrompue en route"):
        read(portal)
    assert len(portal.asked) == 1


def test_a_file_over_the_size_limit_is_dropped_on_the_way() -> None:
    with pytest.raises(WebError, match="taille permise"):
        read(Portal(Echo()), limit=2**20)


def test_leaving_a_file_early_frees_its_host() -> None:
    portal = Portal(Echo())

    async def work() -> object:
        async with Web(allowed=[portal.url], per_host=1) as web:
            async with aclosing(web.stream_bytes(f"{portal.url}/file")) as chunks:
                async for _ in chunks:
                    break
            return await web.get_json(portal.url)

    with Simulator(portal):
        assert asyncio.run(work()) == {"q": None}
