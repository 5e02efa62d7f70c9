"""GeoNetwork 3 and 4, and what is built on it (Prodige, GéoSource): the portal's own records.

Version 4 counts by organisation in one question, version 3 gives its index page by page; an older
one may only speak CSW. Records that the portal harvests from others are left to those others.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

from observatoire.model import Row, SourceError
from observatoire.sources import Header
from observatoire.sources.geonetwork import elastic, lucene, place
from observatoire.sources.kit import address, csw
from observatoire.sources.kit.census import Census, holder_of
from observatoire.sources.kit.columns import USUAL
from observatoire.sources.kit.refusal import explained
from observatoire.web import Web, WebError

SOURCE = Header(
    id="geonetwork",
    title="GeoNetwork",
    cadence="quotidienne",
    technos=("geonetwork", "geosource", "prodige"),
    fills=USUAL,
    floor=1,
)


async def harvest(platform: Row, web: Web, today: date) -> AsyncIterator[Row]:
    """One row per organisation that records name; raises SourceError."""
    blank = Census(today, holder_of(platform))
    try:
        census = await _read(address.start(platform), web, blank)
    except SourceError as error:
        raise explained(error, "GeoNetwork") from None
    for row in census.rows(platform["id"], lambda _: platform.get("url", "")):
        yield row


async def _read(base: str, web: Web, blank: Census) -> Census:
    """Everything that the portal publishes, the best way it knows."""
    found = await place.find(base, web)
    if found is None:
        return await _older(place.folders(base), web, blank)
    if found.version >= elastic.SINCE:
        return await elastic.read(found, web, blank)
    return await lucene.read(found.folder, web, blank)


async def _older(folders: list[str], web: Web, blank: Census) -> Census:
    """A portal that does not describe itself: its index, else its CSW with all that it holds."""
    for folder in folders:
        try:
            return await lucene.read(folder, web, blank)
        except lucene.NotHere:
            break
        except WebError as error:
            if error.status not in place.ELSEWHERE:
                raise
    census = Census(blank.today, blank.holder)
    await csw.read([f"{folder}/srv/fre/csw" for folder in folders], web, census)
    return census
