"""data.gouv.fr through its API, page by page: the long way, when the catalogue cannot be had."""

from __future__ import annotations

from collections.abc import AsyncIterator

from yarl import URL

from observatoire.model import SourceError
from observatoire.sources.datagouv.facts import (
    LOCAL_AUTHORITY,
    Account,
    Census,
    Dataset,
    hundredths,
)
from observatoire.sources.kit import formats, licences
from observatoire.sources.kit.text import count, day
from observatoire.web import Json, Web

PAGE = 200
MOST_PAGES = 5_000

ACCOUNT_FIELDS = "data{id,slug,name,business_number_id,badges,extras},next_page,total"
FOUND_FIELDS = "data{id,extras},next_page,total"
FOUND = "siretisation:found_siret"
DATASET_FIELDS = (
    "data{id,organization{id},archived,license,last_update,quality{score},"
    "metrics{reuses,resources_downloads},resources{format,schema{name}}},next_page,total"
)


async def read(base: str, web: Web, census: Census) -> None:
    """Fill the census from the two lists; raises SourceError."""
    async for item in _items(f"{base}/api/1/organizations/", ACCOUNT_FIELDS, web):
        badges = tuple(_text(b, "kind") for b in _list(item, "badges"))
        key = _text(item, "id")
        census.accounts[key] = Account(
            key,
            _text(item, "slug"),
            _text(item, "name"),
            _text(item, "business_number_id"),
            badges,
            _text(_dict(item, "extras"), FOUND),
        )
    async for item in _items(f"{base}/api/1/datasets/", DATASET_FIELDS, web):
        if not item.get("archived"):
            census.add(_dataset(item, census))


async def found(base: str, web: Web) -> dict[str, str]:
    """By account of a local authority, the SIRET that data.gouv.fr's matching found; SourceError.

    Only the API gives it (sources.md, section 1.3).
    """
    url = f"{base}/api/1/organizations/?badge={LOCAL_AUTHORITY}"
    items = [item async for item in _items(url, FOUND_FIELDS, web)]
    return {_text(i, "id"): _text(_dict(i, "extras"), FOUND) for i in items}


def _dataset(item: dict[str, Json], census: Census) -> Dataset:
    metrics, resources = _dict(item, "metrics"), _list(item, "resources")
    return Dataset(
        account=_text(_dict(item, "organization"), "id"),
        open_licence=bool(licences.identify(_text(item, "license"))),
        open_format=formats.any_open(_text(r, "format") for r in resources),
        schema=any(_text(_dict(r, "schema"), "name") for r in resources),
        updated=day(_text(item, "last_update"), census.today),
        reuses=count(metrics.get("reuses")),
        downloads=count(metrics.get("resources_downloads")),
        quality=hundredths(_dict(item, "quality").get("score")),
    )


async def _items(url: str, fields: str, web: Web) -> AsyncIterator[dict[str, Json]]:
    """The items of a list, once each, over all its pages; raises SourceError if any is missing."""
    seen: set[str] = set()
    total = 0
    page_url = str(URL(url).update_query(page_size=PAGE))
    for _ in range(MOST_PAGES):
        page = await web.get_json(page_url, headers={"X-Fields": fields})
        if not _is_page(page):
            raise SourceError(f"{url} : la réponse n'a pas la forme d'une liste de data.gouv.fr.")
        fresh = {_text(i, "id"): i for i in _list(page, "data") if _text(i, "id") not in seen}
        seen |= fresh.keys()
        for item in fresh.values():
            yield item
        total = max(total, page.get("total", 0))
        page_url = _text(page, "next_page")
        if not page_url:
            break
        if not fresh or not _same_site(page_url, url):
            raise SourceError(f"{url} : les pages de la liste ne s'enchaînent pas.")
        del page, fresh
    # Accounts come and go while pages are read: a handful may be missing, not more.
    if page_url or len(seen) < total - max(2, total // 100):
        raise SourceError(f"{url} : la liste annonce {total} éléments, {len(seen)} sont venus.")


def _is_page(page: Json) -> bool:
    return (
        isinstance(page, dict)
        and isinstance(page.get("data"), list)
        and isinstance(page.get("total", 0), int)
    )


def _same_site(url: str, other: str) -> bool:
    try:
        return URL(url).origin() == URL(other).origin()
    except ValueError:
        return False


def _text(item: Json, key: str) -> str:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, str) else ""


def _dict(item: Json, key: str) -> dict[str, Json]:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, dict) else {}


def _list(item: Json, key: str) -> list[dict[str, Json]]:
    value = item.get(key) if isinstance(item, dict) else None
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []
