"""Data Fair: the datasets of a portal, page by page.

https://data-fair.github.io/master/ ; recent versions leave the owner out of a portal's catalogue,
since all its datasets are its holder's: a dataset then goes to the producer it names, or to the
holder.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census, Dataset
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared
from observatoire.sources.kit.paging import Page, steadily, walk
from observatoire.sources.kit.refusal import explained
from observatoire.sources.kit.shape import first_text, mapping, mappings, number, text, texts
from observatoire.sources.kit.text import day
from observatoire.web import Json, Web

SOURCE = Header(
    id="data-fair",
    title="Data Fair",
    cadence="quotidienne",
    technos=("data-fair",),
    fills=USUAL,
    floor=1,
)

SIZE = 100
WINDOW = 10_000
"""The server refuses to go further into a list."""

SELECT = (
    "id,title,updatedAt,dataUpdatedAt,modified,license,keywords,topics,owner,creator,conformsTo,"
    "count,isMetaOnly,originalFile,attachments"
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per owner, or per producer; raises SourceError."""
    base = f"{address.folder(platform).removesuffix('/data-fair')}/data-fair"
    try:
        census = await steadily(lambda: _read(base, web, platform, today))
    except SourceError as error:
        raise explained(error, "Data Fair") from None
    link = f"{address.pages(platform).removesuffix('/data-fair')}/datasets"
    for row in census.rows(platform["id"], lambda _: link):
        yield row


async def _read(base: str, web: Web, platform: Row, today: date) -> Census:
    url = f"{base}/api/v1/catalog/datasets"

    numbers = itertools.count(1)

    async def fetch(_: int) -> Page:
        page = next(numbers)
        if page * SIZE > WINDOW:
            raise SourceError(f"{url} : la liste dépasse {WINDOW} jeux, la limite de Data Fair.")
        query: dict[str, str | int] = {"size": SIZE, "page": page, "sort": "id:1", "select": SELECT}
        return _page(await web.get_json(url, query), url)

    census = Census(today, platform.get("nom", ""))
    async for item in walk(fetch, url):
        census.add(_dataset(item, today))
    return census


def _page(answer: Json, url: str) -> Page:
    total = number(answer, "count")
    if total is None or not isinstance(answer.get("results"), list):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'un catalogue Data Fair.")
    return Page(mappings(answer, "results"), total)


def _dataset(item: Json, today: date) -> Dataset:
    owner, licence = mapping(item, "owner"), mapping(item, "license")
    conforms = mapping(item, "conformsTo")
    return Dataset(
        first_text(owner, "id") or first_text(item, "creator"),
        text(item, "id"),
        first_text(owner, "name"),
        open_licence=is_open(text(licence, "title"), text(licence, "href")),
        open_format=_open_format(item),
        schema=declared([*texts(item, "keywords"), text(conforms, "url"), text(conforms, "title")]),
        updated=day(first_text(item, "dataUpdatedAt", "modified", "updatedAt"), today),
    )


def _open_format(item: Json) -> bool | None:
    """Lines are served as CSV and JSON; without lines there are only the attached files."""
    if number(item, "count") is not None and item.get("isMetaOnly") is not True:
        return True
    files = [mapping(item, "originalFile"), *mappings(item, "attachments")]
    kinds = [first_text(file, "mimetype") for file in files]
    return any_open(kinds) if any(kinds) or item.get("isMetaOnly") is True else None
