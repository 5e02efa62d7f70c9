"""data.gouv.fr through its daily CSV catalogue: three downloads instead of thousands of calls.

Dataset 5d13a8b6634f41070a43dff3, licence ``lov2``. Permanent addresses redirect to dated files.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from observatoire.sources.datagouv import api
from observatoire.sources.datagouv.facts import (
    LOCAL_AUTHORITY,
    Account,
    Census,
    Dataset,
    hundredths,
)
from observatoire.sources.kit import bigcsv, formats, licences
from observatoire.sources.kit.text import count, day, siren_of
from observatoire.web import Web

FILES = {
    "organisations": "b7bbfedc-2448-4135-a6c7-104548d396e7",
    "jeux de données": "f868cca6-8da1-4369-a78d-47463f19a9a3",
    "ressources": "4babf5f2-6a9c-45b5-9144-ca5eae6a7a6d",
}


async def read(base: str, web: Web, census: Census) -> None:
    """Fill the census from the three files; raises SourceError."""
    async for id_, slug, name, siret, badges in _rows(
        base, web, "organisations", ("id", "slug", "name", "business_number_id", "badges")
    ):
        census.accounts[id_] = Account(id_, slug, name, siret, tuple(badges.split(",")))
    await _found(base, web, census)
    updates, declared = await _resources(base, web, census)
    await _datasets(base, web, census, updates, declared)


async def _found(base: str, web: Web, census: Census) -> None:
    """Give the SIRET that data.gouv.fr found to local authorities that declare none.

    The catalogue does not have it: nothing is asked when each declares one.
    """
    silent = [
        a for a in census.accounts.values() if LOCAL_AUTHORITY in a.badges and not siren_of(a.siret)
    ]
    if silent:
        sirets = await api.found(base, web)
        census.accounts |= {a.id: replace(a, found=sirets.get(a.id, "")) for a in silent}


async def _resources(base: str, web: Web, census: Census) -> tuple[dict[str, str], set[str]]:
    """By dataset, the day of its data's last update; and the datasets that declare a schema.

    The catalogue of datasets says neither: its ``last_modified`` moves with any metadata.
    """
    updates: dict[str, str] = {}
    declared: set[str] = set()
    columns = ("dataset.id", "modified", "schema_name")
    async for dataset, modified, schema in _rows(base, web, "ressources", columns):
        moment = day(modified, census.today)
        if moment > updates.get(dataset, ""):
            updates[dataset] = moment
        if schema:
            declared.add(dataset)
    return updates, declared


async def _datasets(
    base: str, web: Web, census: Census, updates: dict[str, str], declared: set[str]
) -> None:
    columns = (
        "id",
        "organization_id",
        "archived",
        "license",
        "resources_formats",
        "last_modified",
        "harvest.modified_at",
        "metric.reuses",
        "metric.resources_downloads",
        "quality_score",
    )
    seen: set[str] = set()
    async for row in _rows(base, web, "jeux de données", columns):
        cell = dict(zip(columns, row, strict=True))
        # ``archived`` holds False or a date: archived datasets are in the file too.
        if cell["archived"] not in {"False", ""} or cell["id"] in seen:
            continue
        seen.add(cell["id"])
        moved = max(updates.get(cell["id"], ""), day(cell["harvest.modified_at"], census.today))
        census.add(
            Dataset(
                account=cell["organization_id"],
                open_licence=bool(licences.identify(cell["license"])),
                open_format=formats.any_open(cell["resources_formats"].split(",")),
                schema=cell["id"] in declared,
                updated=moved or day(cell["last_modified"], census.today),
                reuses=count(cell["metric.reuses"]),
                downloads=count(cell["metric.resources_downloads"]),
                quality=hundredths(cell["quality_score"]),
            )
        )


async def _rows(
    base: str, web: Web, file: str, columns: Sequence[str]
) -> AsyncIterator[tuple[str, ...]]:
    url = f"{base}/api/1/datasets/r/{FILES[file]}"
    async with aclosing(web.stream_bytes(url)) as chunks:
        async for row in bigcsv.records(chunks, columns, f"catalogue des {file} ({url})"):
            yield row
