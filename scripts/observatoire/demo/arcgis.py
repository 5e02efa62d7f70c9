"""The face of an ArcGIS Hub: its search API and its DCAT-US feed, from plain values.

ArcgisHub([account("Ville d'Évian-les-Bains", nb_jeux=8)])
ArcgisHub(worldwide=True)      # a Hub without a scope shows everyone's items
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from observatoire.demo.accounts import Account, Dataset, Entry, object_id
from observatoire.demo.answers import (
    ADDRESSES,
    MIME,
    is_table,
    json_of,
    schema_address,
    visible,
    whole,
)
from observatoire.demo.faces import Answer, Ask

SEARCH = "/api/search/v1"
ITEMS = f"{SEARCH}/collections/dataset/items"
FEED = "/api/feed/dcat-us/1.1.json"
WINDOW = 10_000
LAYERS = 2
"""The feed has an entry for each layer of an item."""

OTHERS = 240
"""Publishers of the worldwide index, as far as anyone looks."""


@dataclass
class ArcgisHub:
    """The Hub; ``shown`` replaces the number of items that it announces."""

    accounts: Sequence[Account] = ()
    worldwide: bool = False
    shown: int | None = None

    @cached_property
    def entries(self) -> list[Entry]:
        """Every dataset that it shows."""
        return list(visible(_world() if self.worldwide else self.accounts))

    @property
    def matched(self) -> int:
        """The number of items that it announces, clamped as the real one."""
        real = 2_000_000 if self.worldwide else len(self.entries)
        return min(WINDOW, real if self.shown is None else self.shown)

    def answer(self, ask: Ask) -> Answer:
        """The answer to a request."""
        if ask.path == ITEMS:
            return self._items(ask)
        if ask.path == FEED:
            entries = [_entry(e, layer) for e in self.entries for layer in range(LAYERS)]
            return json_of({"@context": DEAD, "@type": "dcat:Catalog", "dataset": entries})
        if ask.path == SEARCH:
            return json_of({"id": "hub", "title": "Hub", "links": [], "conformsTo": []})
        return Answer(404, b"<!doctype html><title>404</title>", "text/html")

    def _items(self, ask: Ask) -> Answer:
        limit, start = whole(ask, "limit", 10), whole(ask, "startindex", 1)
        if limit is None or start is None or limit < 1 or start < 1:
            return json_of({"statusCode": 400, "message": "Validation Error"}, 400)
        if start + limit > WINDOW:
            return json_of({"statusCode": 500, "message": "Internal server error"}, 500)
        found = self.entries[start - 1 : start - 1 + limit]
        return json_of(
            {
                "type": "FeatureCollection",
                "features": [_feature(e) for e in found],
                "timestamp": "2026-07-11T09:00:00.000Z",
                "numberMatched": self.matched,
                "numberReturned": len(found),
                "links": [],
            }
        )


DEAD = "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld"


def _world() -> list[Account]:
    return [
        Account(f"world-{i}", f"world-{i}", f"City of Somewhere {i}", datasets=(Dataset(),))
        for i in range(OTHERS)
    ]


def _kind(one: Dataset) -> str:
    """The type of an item: a service for what has lines, else that of its file."""
    if is_table(one):
        return "Feature Service"
    return {"xlsx": "Microsoft Excel", "xls": "Microsoft Excel", "pdf": "PDF"}.get(
        next(iter(one.formats), ""), "Image Service"
    )


def _licence(one: Dataset) -> str | None:
    where = ADDRESSES.get(one.licence)
    style = '<DIV STYLE="text-align:Left;"><P><SPAN>'
    return f"{style}Soumis à la licence : {where}</SPAN></P></DIV>" if where else None


def _item_id(entry: Entry) -> str:
    return entry.id + object_id(entry.id)[:8]


def _feature(entry: Entry) -> dict[str, Any]:
    one, account = entry.dataset, entry.account
    moment = datetime.fromisoformat(f"{one.updated}T09:26:53").replace(tzinfo=UTC)
    return {
        "id": _item_id(entry),
        "type": "Feature",
        "geometry": None,
        "properties": {
            "id": _item_id(entry),
            "title": one.title,
            "type": _kind(one),
            "snippet": None,
            "description": f"<DIV><P>{one.title}</P></DIV>",
            "tags": ["jeu", schema_address(one)] if one.schema else ["jeu"],
            "categories": [],
            "license": "custom" if _licence(one) else "none",
            "licenseInfo": _licence(one),
            "access": "public",
            "created": 1_556_755_200_000,
            "modified": int(moment.timestamp()) * 1_000,
            "owner": f"{account.slug}_sig",
            "orgId": account.id,
            "source": account.name or None,
            "numViews": 4_213,
        },
        "time": None,
        "links": [],
    }


def _entry(entry: Entry, layer: int) -> dict[str, Any]:
    one, account = entry.dataset, entry.account
    item = _item_id(entry)
    kinds = ("csv", "json") if is_table(one) else one.formats
    files = [("Web Page", "text/html"), *((k.upper(), MIME.get(k, "")) for k in kinds)]
    return {
        "@type": "dcat:Dataset",
        "identifier": f"https://www.arcgis.com/home/item.html?id={item}&sublayer={layer}",
        "landingPage": f"https://hub.exemple.fr/maps/{item}_{layer}",
        "title": one.title,
        "description": f"<DIV><P>{one.title}</P></DIV>",
        "keyword": ["jeu", schema_address(one)] if one.schema else ["jeu"],
        "issued": "2019-05-02T00:00:00.000Z",
        "modified": f"{one.updated}T09:26:53.000Z",
        "publisher": {"name": account.name or f"{account.slug}_sig"},
        "license": _licence(one) or "",
        "distribution": [
            {"@type": "dcat:Distribution", "title": kind, "format": kind, "mediaType": mime}
            for kind, mime in files
        ],
    }
