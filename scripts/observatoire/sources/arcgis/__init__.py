"""ArcGIS Hub: the items of its search API, or its DCAT-US feed.

The API follows OGC API Records; it is only documented by its users.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.arcgis import feed, search
from observatoire.sources.arcgis.scope import Worldwide
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.paging import steadily
from observatoire.sources.kit.refusal import explained, final
from observatoire.sources.kit.text import tidy
from observatoire.web import Web

SOURCE = Header(
    id="arcgis-hub",
    title="ArcGIS Hub",
    cadence="quotidienne",
    technos=("arcgis-hub",),
    fills=USUAL,
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per source that items name, or per account without it; raises SourceError."""
    try:
        census = await _read(platform, web, today)
    except Worldwide:
        raise
    except SourceError as error:
        raise explained(error, "ArcGIS Hub") from None
    front, holder = address.front(platform), tidy(census.holder)
    for row in census.rows(platform["id"], lambda p: _page(front, "" if p == holder else p)):
        yield row


def _page(front: str, source: str) -> str:
    every = f"{front}/search?collection=Dataset"
    return f"{every}&source={address.part(source)}" if source else every


async def _read(platform: Row, web: Web, today: date) -> Census:
    base = address.site(platform)
    try:
        return await steadily(lambda: search.read(base, web, platform, today))
    except Worldwide:
        raise
    except SourceError as first:
        if final(first):
            raise
        try:
            return await feed.read(base, web, platform, today)
        except Worldwide:
            raise
        except SourceError:
            raise first from None
