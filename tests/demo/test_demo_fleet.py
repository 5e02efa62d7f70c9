"""Portals in a process of their own, and the real size of data.gouv.fr."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from datetime import date

from observatoire.demo.big_catalogue import ACCOUNTS, BigCatalogue
from observatoire.demo.fleet import FASTEST, SLOWEST, Fleet, Ship
from observatoire.demo.simulator import Portal, Simulator
from observatoire.sources import datagouv
from observatoire.web import Web


def test_a_fleet_answers_late_and_reckons() -> None:
    with Fleet([Ship("", 3), Ship("ckan", 20)]) as fleet:
        pages, ckan = fleet.urls
        with urllib.request.urlopen(f"{pages}/api/x?page=2", timeout=5) as answer:
            assert len(json.loads(answer.read())["results"]) == 3
        with urllib.request.urlopen(f"{ckan}/api/3/action/status_show", timeout=5) as answer:
            assert json.loads(answer.read())["result"]["ckan_version"]
        fleet.reckon()
        assert all(FASTEST <= seconds <= SLOWEST for seconds in fleet.waited)
        assert fleet.cpu > 0
        fleet.reckon()
        assert fleet.waited == [0, 0]


def test_the_bulk_files_are_those_of_so_many_datasets() -> None:
    portal = Portal(BigCatalogue(2 * ACCOUNTS + 1))

    async def work() -> list[str]:
        platform = {"id": "p", "url": "https://www.data.gouv.fr", "url_api": portal.url}
        async with Web(allowed=[portal.url]) as web:
            rows = datagouv.harvest(platform, web, date(2022, 12, 31))
            return [row["nb_jeux"] async for row in rows]

    with Simulator(portal):
        counts = asyncio.run(work())
    assert (len(counts), counts.count("2"), counts.count("3")) == (ACCOUNTS, ACCOUNTS - 1, 1)
