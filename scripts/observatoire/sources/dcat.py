"""Any catalogue in DCAT: one document of RDF, or pages linked by Hydra.

``url_api`` is the address of the document; without a path, the usual places are tried.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from yarl import URL

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census, Dataset, holder_of
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.refusal import explained, final
from observatoire.web import Reply, Web

SOURCE = Header(
    id="dcat",
    title="Catalogues DCAT",
    cadence="quotidienne",
    technos=("dcat",),
    fills=(*USUAL, "siren_declare"),
    floor=1,
)

STARTS = ("catalog.xml", "catalog.ttl", "catalog.jsonld", "catalog.rdf")
ACCEPT = "application/rdf+xml, text/turtle;q=0.9, application/ld+json;q=0.8, */*;q=0.1"

BIGGEST_PAGE = 16 * 2**20
"""Bytes. Its graph takes about thirty times as much memory."""

MOST_PAGES = 2_000

ONE_AT_A_TIME = threading.Lock()
"""Two big graphs at once would take twice the memory, and no less time."""


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per publisher that datasets name; raises SourceError."""
    census = Census(today, holder_of(platform))
    try:
        first = await _first(address.start(platform), web)
        await _read(first, web, census)
    except SourceError as error:
        raise explained(error, "DCAT") from None
    for row in census.rows(platform["id"], lambda _: platform.get("url", "")):
        yield row


@dataclass(frozen=True, slots=True)
class Page:
    """What one document of a catalogue says."""

    datasets: tuple[Dataset, ...]
    next: str
    total: int


async def _first(base: str, web: Web) -> Reply:
    """The first document of the catalogue; raises SourceError."""
    if URL(base).path.strip("/"):
        return await _get(base, web)
    errors: list[SourceError] = []
    for name in STARTS:
        try:
            return await _get(f"{base}/{name}", web)
        except SourceError as error:
            errors.append(error)
            if final(error):
                break
    raise errors[-1]


async def _read(first: Reply, web: Web, census: Census) -> None:
    """Fill the census from a document and those that follow it; raises SourceError."""
    reply, seen, total = first, {first.url}, 0
    for _ in range(MOST_PAGES):
        page = await asyncio.to_thread(_page, reply, census.today)
        for dataset in page.datasets:
            census.add(dataset)
        total = max(total, page.total)
        if not page.next:
            break
        following = _here(page.next, reply.url)
        if following in seen:
            raise SourceError(f"{first.url[:200]} : les pages du catalogue ne s'enchaînent pas.")
        seen.add(following)
        reply = await _get(following, web)
    else:
        raise SourceError(f"{first.url[:200]} : les pages du catalogue n'en finissent pas.")
    # Datasets come and go while pages are read: a handful may be missing, not more.
    if len(census.seen) < total - max(2, total // 100):
        raise SourceError(
            f"{first.url[:200]} : le catalogue annonce {total} jeux, {len(census.seen)} sont venus."
        )


async def _get(url: str, web: Web) -> Reply:
    return await web.get(url, headers={"Accept": ACCEPT}, limit=BIGGEST_PAGE)


def _page(reply: Reply, today: date) -> Page:
    """What a document says; raises SourceError when it is no catalogue."""
    # rdflib is slow to load: only when there is a catalogue to read.
    from observatoire.sources.kit import dcat, rdf

    with ONE_AT_A_TIME:
        graph = rdf.parse(reply.body, rdf.syntax(reply.type, reply.url, reply.body), reply.url)
        if not dcat.is_catalogue(graph):
            raise SourceError(f"{reply.url[:200]} : la réponse n'est pas un catalogue DCAT.")
        following = dcat.paging(graph)
        return Page(tuple(dcat.datasets(graph, today)), following.next, following.total)


def _here(following: str, url: str) -> str:
    """The address of the next page on the very host of this one.

    A portal may know itself under another name, or under http.
    """
    try:
        address = URL(urljoin(url, following))
        return str(URL(url).origin().join(address.relative()))
    except ValueError:
        raise SourceError(f"{url[:200]} : l'adresse de la page suivante est mal formée.") from None
