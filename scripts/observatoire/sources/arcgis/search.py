"""The items of a Hub, through its search API."""

from __future__ import annotations

from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources.arcgis.scope import WINDOW, Scope
from observatoire.sources.kit.census import Census, Dataset, holder_of
from observatoire.sources.kit.dates import day_of_epoch
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared
from observatoire.sources.kit.paging import Page, walk
from observatoire.sources.kit.shape import first_text, mapping, mappings, number, text, texts
from observatoire.web import Json, Web

LIMIT = 100


async def read(base: str, web: Web, platform: Row, today: date) -> Census:
    """Every dataset of the Hub; raises Worldwide, Moved or SourceError."""
    url = f"{base}/api/search/v1/collections/dataset/items"
    scope = Scope(url)

    async def fetch(start: int) -> Page:
        # Numbers start at 1; beyond the window, even by its limit, a page is refused.
        query = {"limit": min(LIMIT, WINDOW - start - 1), "startindex": start + 1}
        page = _page(await web.get_json(url, query), url)
        scope.announce(page.total)
        return page

    census = Census(today, holder_of(platform))
    async for item in walk(fetch, url):
        properties = mapping(item, "properties")
        scope.add(text(properties, "orgId"))
        if scope.organisations.total() == LIMIT:
            scope.check()
        census.add(_dataset(properties, today))
    scope.check()
    if not census.tallies:
        raise SourceError(f"{url} : ce Hub ne montre aucun jeu de données.")
    return census


def _page(answer: Json, url: str) -> Page:
    total = number(answer, "numberMatched")
    if total is None or not isinstance(answer.get("features"), list):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'une recherche d'ArcGIS Hub.")
    return Page(mappings(answer, "features"), total)


def _dataset(item: Json, today: date) -> Dataset:
    # The date is that of the item, not of its data, which nothing says here.
    return Dataset(
        first_text(item, "source") or first_text(item, "owner"),
        text(item, "id"),
        open_licence=is_open(text(item, "license"), text(item, "licenseInfo")),
        open_format=any_open([text(item, "type")]) if text(item, "type") else None,
        schema=declared(texts(item, "tags")),
        updated=day_of_epoch(item.get("modified") or item.get("created"), today),
    )
