"""Any portal with a ``data.json``: its whole catalogue in one document (Project Open Data)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from yarl import URL

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.kit import address
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.datajson import dataset_of, datasets
from observatoire.sources.kit.refusal import explained
from observatoire.web import Web

SOURCE = Header(
    id="data-json",
    title="Catalogues data.json",
    cadence="quotidienne",
    technos=("data-json",),
    fills=USUAL,
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per publisher that datasets name; raises SourceError."""
    census = Census(today, holder_of(platform))
    url = _address(address.start(platform))
    try:
        for item in datasets(await web.get_json(url), url):
            census.add(dataset_of(item, today))
    except SourceError as error:
        raise explained(error, "un logiciel qui donne data.json") from None
    for row in census.rows(platform["id"], lambda _: platform.get("url", "")):
        yield row


def _address(base: str) -> str:
    """The document's own address, or its usual place under that of a site."""
    return base if URL(base).path.endswith(".json") else f"{base}/data.json"
