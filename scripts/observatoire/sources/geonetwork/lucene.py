"""GeoNetwork 3: the portal's own records as its index describes them, page by page.

Service ``q`` with ``fast=index``; names of fields: ``index-fields/default.xsl`` of iso19139. A page
of one record gives an object in the place of a list, a field of one value gives it alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

from observatoire.model import SourceError
from observatoire.sources.kit import iso
from observatoire.sources.kit.census import Census
from observatoire.sources.kit.geographic import Record
from observatoire.sources.kit.paging import Page, steadily, walk
from observatoire.sources.kit.shape import first_text, mapping, text, texts
from observatoire.sources.kit.text import day
from observatoire.web import Json, Reply, Web

PAGE = 100
INDEX = "/srv/fre/q"
ASK = {
    "_content_type": "json",
    "fast": "index",
    "resultType": "details",
    "_isHarvested": "n",
    "_isTemplate": "n",
    "sortBy": "title",
}
HARVESTED = {"y", "true"}
DATES = ("revisionDate", "publicationDate", "creationDate")
LEGAL = (
    "legalConstraints",
    "otherConstr",
    "useLimitation",
    "license",
    "MD_LegalConstraintsOtherConstraints",
)
RESOURCE = "resource"
COUNT = re.compile(r"[0-9]{1,9}")
PARTS_OF_PARTY = 3
PARTS_OF_LINK = 4


class NotHere(SourceError):
    """What answers is not the index of a GeoNetwork 3."""


async def read(folder: str, web: Web, blank: Census) -> Census:
    """What the portal publishes itself; raises SourceError."""
    return await steadily(lambda: _read(f"{folder}{INDEX}", web, blank))


async def _read(url: str, web: Web, blank: Census) -> Census:
    async def fetch(start: int) -> Page:
        window = {"from": start + 1, "to": start + PAGE}
        reply = await web.get(url, {**ASK, **window}, {"Accept": "application/json"})
        return _page(reply, url)

    census = Census(blank.today, blank.holder)
    async for item in walk(fetch, url):
        if text(item, "isHarvested") not in HARVESTED:
            for dataset in _record(item, census.today).datasets():
                census.add(dataset)
    return census


def _page(reply: Reply, url: str) -> Page:
    """One page of the index; raises SourceError when it is none."""
    if reply.type.endswith("xml"):
        raise NotHere(f"{url[:200]} : cette version de GeoNetwork ne donne pas son index.")
    try:
        answer: Json = json.loads(reply.body)
    except (ValueError, RecursionError):
        raise SourceError(f"{url[:200]} : la réponse n'est pas du JSON lisible.") from None
    total = str(mapping(answer, "summary").get("@count"))
    if not COUNT.fullmatch(total):
        raise SourceError(f"{url[:200]} : la réponse n'a pas la forme d'un index de GeoNetwork.")
    listed = answer.get("metadata", [])
    items = listed if isinstance(listed, list) else [listed]
    return Page([_item(i) for i in items if isinstance(i, dict)], int(total))


def _item(found: dict[str, Json]) -> dict[str, Json]:
    """A record with what stands in its technical part: its id, and whether it is a copy."""
    info = mapping(found, "geonet:info")
    copy = first_text(info, "isHarvested") or first_text(found, "isHarvested", "_isHarvested")
    return {**found, "id": text(info, "uuid"), "isHarvested": copy}


def _record(item: Json, today: date) -> Record:
    """What is kept of a record of the index: no contact, no person."""
    dates = (day(t, today) for name in DATES for t in texts(item, name))
    return Record(
        id=text(item, "id"),
        kind=next(iter(texts(item, "type")), "dataset"),
        organisations=tuple(_organisations(item)),
        updated=max(dates, default=""),
        constraints=tuple(t for name in LEGAL for t in texts(item, name)),
        formats=(*texts(item, "format"), *_served(item)),
        keywords=tuple(texts(item, "keyword")),
    )


def _organisations(item: Json) -> Iterator[str]:
    """The organisations of the resource: ``role|resource|organisation|logo|mailbox|person...``."""
    parties = [p.split("|") for p in texts(item, "responsibleParty")]
    named = [p[2] for p in parties if len(p) >= PARTS_OF_PARTY and p[1] == RESOURCE]
    yield from named or texts(item, "orgName")


def _served(item: Json) -> Iterator[str]:
    """The formats of what can be downloaded: ``name|description|address|protocol...``."""
    for link in texts(item, "link"):
        parts = link.split("|")
        if len(parts) >= PARTS_OF_LINK:
            found = iso.served(parts[3], parts[2])
            if found:
                yield found
