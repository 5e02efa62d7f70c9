"""The DCAT-US feed of a Hub: one document, when the search API does not answer."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from observatoire.model import Row
from observatoire.sources.arcgis.scope import Scope
from observatoire.sources.kit.census import Census, Dataset, holder_of
from observatoire.sources.kit.datajson import dataset_of, datasets
from observatoire.sources.kit.shape import text
from observatoire.web import Json, Web

ITEM = re.compile(r"\bid=([0-9a-f]{32})\b")


async def read(base: str, web: Web, platform: Row, today: date) -> Census:
    """The items of the feed, counted as the search API does; raises Worldwide or SourceError."""
    url = f"{base}/api/feed/dcat-us/1.1.json"
    items: dict[str, Dataset] = {}
    for number, entry in enumerate(datasets(await web.get_json(url), url)):
        found, key = dataset_of(entry, today), _item(entry) or f"{number}"
        items[key] = _joined(items[key], found) if key in items else found
    Scope(url).announce(len(items))
    census = Census(today, holder_of(platform))
    for dataset in items.values():
        census.add(dataset)
    return census


def _item(entry: Json) -> str:
    """What names the item, "" when nothing does: the feed has one entry per layer of it."""
    identifier = text(entry, "identifier")
    found = ITEM.search(identifier)
    return found[1] if found else identifier


def _joined(one: Dataset, other: Dataset) -> Dataset:
    return replace(
        one,
        open_licence=one.open_licence or other.open_licence,
        open_format=one.open_format or other.open_format,
        schema=one.schema or other.schema,
        updated=max(one.updated, other.updated),
    )
