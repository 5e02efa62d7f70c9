"""The packages of a CKAN, through ``package_search``."""

from __future__ import annotations

from collections import Counter
from datetime import date

from observatoire.model import Row
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.ckan_package import counts, dataset_of, page_of, result_of
from observatoire.sources.kit.paging import Moved, Page, walk
from observatoire.sources.kit.shape import first_text, mapping, mappings, number, text
from observatoire.web import Web

ROWS = 1_000
"""The most that CKAN gives at once (``ckan.search.rows_max``); it gives less without a word."""

DATASETS: dict[str, str | int] = {"fq": "dataset_type:dataset"}
STABLE: dict[str, str | int] = {"sort": "name asc"}
"""By default CKAN sorts by relevance and date, which move while pages are read."""

FACETS: dict[str, str | int] = {"rows": 0, "facet.field": '["organization"]', "facet.limit": -1}


async def read(base: str, web: Web, platform: Row, today: date) -> Census:
    """Everything that the portal publishes itself; raises Moved or SourceError."""
    url = f"{base}/package_search"
    announced = await web.get_json(url, {**DATASETS, **FACETS})
    total = page_of(announced, url).total
    facets = mapping(mapping(result_of(announced, url), "search_facets"), "organization")
    names = {text(i, "name"): text(i, "display_name") for i in mappings(facets, "items")}

    async def fetch(start: int) -> Page:
        query = {**DATASETS, **STABLE, "rows": ROWS, "start": start}
        return page_of(await web.get_json(url, query), url)

    census = Census(today, holder_of(platform))
    seen: Counter[str] = Counter()
    async for package in walk(fetch, url, total=total):
        organisation = mapping(package, "organization")
        name = text(organisation, "name")
        seen[name] += 1
        if counts(package, platform):
            label = first_text(organisation, "title", "display_name") or names.get(name, "")
            census.add(dataset_of(package, name, label, today))
    for item in mappings(facets, "items"):
        if number(item, "count") != seen[text(item, "name")]:
            raise Moved(
                f"{url} : l'organisation « {text(item, 'name')[:100]} » annonce"
                f" {number(item, 'count')} jeux, {seen[text(item, 'name')]} sont venus."
            )
    return census
