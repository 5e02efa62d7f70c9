"""The ``/data.json`` of a DKAN portal, which does not say what was copied from elsewhere."""

from __future__ import annotations

from datetime import date

from observatoire.model import Row
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.datajson import dataset_of, datasets
from observatoire.web import Web


async def read(base: str, web: Web, platform: Row, today: date) -> Census:
    """Everything that the document lists; raises SourceError."""
    url = f"{base}/data.json"
    census = Census(today, holder_of(platform))
    for item in datasets(await web.get_json(url), url):
        census.add(dataset_of(item, today))
    return census
