"""CKAN: one query for the counts, then every package, page by page, by GET only.

https://docs.ckan.org/en/2.10/api/
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.ckan.search import read
from observatoire.sources.kit import address
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.paging import steadily
from observatoire.sources.kit.refusal import explained
from observatoire.sources.kit.text import tidy
from observatoire.web import Web

SOURCE = Header(
    id="ckan",
    title="CKAN",
    cadence="quotidienne",
    technos=("ckan",),
    fills=USUAL,
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per organisation, copies of other portals aside; raises SourceError."""
    base = f"{address.folder(platform)}/api/3/action"
    try:
        census = await steadily(lambda: read(base, web, platform, today))
    except SourceError as error:
        raise explained(error, "CKAN") from None
    pages, holder = address.pages(platform), tidy(census.holder)
    for row in census.rows(platform["id"], lambda p: _page(pages, "" if p == holder else p)):
        yield row


def _page(pages: str, name: str) -> str:
    return f"{pages}/organization/{address.part(name)}" if name else f"{pages}/dataset"
