"""Data4Citizen: the packages of its catalogue, in CKAN's shape under its own address.

Documented by its public callers only: data.anfr.fr, www.datagrandest.fr.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from functools import partial

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.ckan_package import counts, dataset_of, page_of
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.paging import Page, steadily, walk
from observatoire.sources.kit.refusal import explained, final
from observatoire.sources.kit.shape import first_text, mapping, text
from observatoire.sources.kit.text import tidy
from observatoire.web import Web

SOURCE = Header(
    id="data4citizen",
    title="Data4Citizen",
    cadence="quotidienne",
    technos=("data4citizen",),
    fills=USUAL,
    floor=1,
)

ROWS = 1_000
PREFIXES = ("", "/data4citizen")
"""Where the software stands under a portal's address."""


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per organisation; raises SourceError."""
    try:
        prefix, census = await _read(platform, web, today)
    except SourceError as error:
        raise explained(error, "Data4Citizen") from None
    pages = f"{address.pages(platform).removesuffix(prefix)}{prefix}/portail"
    holder = tidy(census.holder)
    for row in census.rows(platform["id"], lambda p: _page(pages, "" if p == holder else p)):
        yield row


async def _read(platform: Row, web: Web, today: date) -> tuple[str, Census]:
    """The prefix that answers, and what it gives; raises SourceError with the first cause."""
    base = address.folder(platform).removesuffix("/d4c")
    prefixes = ("",) if base.endswith(PREFIXES[1]) else PREFIXES
    causes: list[SourceError] = []
    for prefix in prefixes:
        url = f"{base}{prefix}/d4c/api/datasets/2.0/search/"
        try:
            return prefix, await steadily(partial(_census, url, web, platform, today))
        except SourceError as error:
            if final(error):
                raise
            causes.append(error)
    raise causes[0]


async def _census(url: str, web: Web, platform: Row, today: date) -> Census:
    async def fetch(start: int) -> Page:
        return page_of(await web.get_json(url, {"rows": ROWS, "start": start}), url)

    census = Census(today, holder_of(platform))
    async for package in walk(fetch, url):
        if counts(package, platform):
            organisation = mapping(package, "organization")
            label = first_text(organisation, "title", "display_name")
            census.add(dataset_of(package, text(organisation, "name"), label, today))
    return census


def _page(pages: str, name: str) -> str:
    return f"{pages}?fq=organization:({address.part(name)})" if name else pages
