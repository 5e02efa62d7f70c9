"""DKAN: the list of packages of its partial CKAN API, or its ``/data.json``.

Both name publishers in the same way, so that going from one to the other changes no line.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.dkan import catalogue, packages
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.refusal import explained, final
from observatoire.web import Web

SOURCE = Header(
    id="dkan",
    title="DKAN",
    cadence="quotidienne",
    technos=("dkan",),
    fills=USUAL,
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per group of publishers; raises SourceError."""
    try:
        census, groups = await _read(platform, web, today)
    except SourceError as error:
        raise explained(error, "DKAN") from None
    pages = address.pages(platform)
    for row in census.rows(
        platform["id"], lambda name: f"{pages}/{groups.get(name, 'search/type/dataset')}"
    ):
        yield row


async def _read(platform: Row, web: Web, today: date) -> tuple[Census, dict[str, str]]:
    """What the portal publishes, and the page of each publisher where it is known."""
    base = address.folder(platform)
    try:
        return await packages.read(base, web, platform, today)
    except SourceError as first:
        if final(first):
            raise
        try:
            return await catalogue.read(base, web, platform, today), {}
        except SourceError as second:
            causes = " ; ".join(str(e).rstrip(".") for e in (first, second))
            raise SourceError(f"ni l'API ni data.json ne répondent : {causes}.") from None
