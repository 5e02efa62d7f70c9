"""The whole catalogue of an Opendatasoft portal, streamed: one call, whatever its size."""

from __future__ import annotations

from contextlib import aclosing
from http import HTTPStatus

from observatoire.model import SourceError
from observatoire.sources.kit.bigjson import objects
from observatoire.sources.kit.census import Census, Dataset
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared
from observatoire.sources.kit.shape import first_text, mapping, mappings, number, text, texts
from observatoire.sources.kit.text import day
from observatoire.web import Json, Web, WebError

BIGGEST = 512 * 2**20
"""Bytes. The largest French catalogue, 1,500 datasets with their columns, weighs about 30 MB."""

MOST_DATASETS = 200_000


async def read(base: str, web: Web, census: Census) -> None:
    """Fill the census from the catalogue's export; raises SourceError."""
    url = f"{base}/api/explore/v2.1/catalog/exports/json"
    try:
        # It asks for the counts of reuses and downloads, where the portal shows them.
        await _read(f"{url}?include_app_metas=true", web, census)
    except WebError as error:
        if error.status != HTTPStatus.BAD_REQUEST:
            raise
        await _read(url, web, census)


async def _read(url: str, web: Web, census: Census) -> None:
    async with aclosing(web.stream_bytes(url, limit=BIGGEST)) as chunks:
        async for item in objects(chunks, url):
            key = first_text(item, "dataset_id", "datasetid")
            if not key or not isinstance(item.get("metas"), dict):
                raise SourceError(f"{url} : la réponse n'est pas un catalogue Opendatasoft.")
            if len(census.seen) >= MOST_DATASETS:
                raise SourceError(f"{url} : le catalogue n'en finit pas.")
            if not _federated(item):
                census.add(_dataset(item, census))


def _default(item: Json) -> dict[str, Json]:
    metas = mapping(item, "metas")
    return mapping(metas, "default") or metas


def _federated(item: Json) -> bool:
    """Whether the dataset is another portal's, shown here too."""
    said = _default(item).get("federated")
    return said is True or (said is None and bool(text(_default(item), "source_domain_address")))


def _dataset(item: Json, census: Census) -> Dataset:
    default, dcat = _default(item), mapping(mapping(item, "metas"), "dcat")
    explore = mapping(mapping(item, "metas"), "explore")
    return Dataset(
        # A producer is often a mere service of the portal's own holder.
        first_text(default, "publisher") or ("" if census.holder else text(dcat, "creator")),
        first_text(item, "dataset_id", "datasetid"),
        open_licence=is_open(text(default, "license"), text(default, "license_url")),
        open_format=_open_format(item),
        schema=declared([*texts(default, "keyword"), *texts(dcat, "conforms_to")]),
        updated=day(first_text(default, "modified", "data_processed"), census.today),
        reuses=number(explore, "reuse_count"),
        downloads=number(explore, "download_count"),
    )


def _open_format(item: Json) -> bool | None:
    """A dataset with records is served as CSV and JSON; another has only its attached files."""
    if item.get("has_records") is True:
        return True
    files = [*mappings(item, "attachments"), *mappings(item, "alternative_exports")]
    if files or item.get("has_records") is False:
        return any_open(text(file, "mimetype") for file in files)
    return None
