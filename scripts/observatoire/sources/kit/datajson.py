"""Catalogues in DCAT-US, the JSON of « Project Open Data »: ArcGIS Hub, DKAN, ``/data.json``.

https://resources.data.gov/resources/dcat-us/ ; read as plain JSON: the address of its
``@context`` answers no more, and must not be fetched.
"""

from __future__ import annotations

from datetime import date

from observatoire.model import SourceError
from observatoire.sources.kit.census import Dataset
from observatoire.sources.kit.dates import any_day
from observatoire.sources.kit.file_formats import any_open
from observatoire.sources.kit.licence_words import is_open
from observatoire.sources.kit.national_schemas import declared
from observatoire.sources.kit.shape import first_text, mapping, mappings, text, texts
from observatoire.web import Json


def datasets(document: Json, url: str) -> list[dict[str, Json]]:
    """The datasets of a catalogue; raises SourceError when it is not one."""
    listed = document.get("dataset") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        raise SourceError(f"{url} : la réponse n'a pas la forme d'un catalogue data.json.")
    return [d for d in listed if isinstance(d, dict)]


def dataset_of(item: Json, today: date) -> Dataset:
    """What is kept of a dataset; its publisher is known by name only."""
    files = mappings(item, "distribution")
    licences = [text(item, "license"), *(text(file, "license") for file in files)]
    about = [*texts(item, "keyword"), *texts(item, "conformsTo")]
    about += [text(file, "conformsTo") for file in files]
    return Dataset(
        publisher_of(item),
        first_text(item, "identifier"),
        open_licence=is_open(*licences),
        open_format=any_open(first_text(file, "format", "mediaType") for file in files),
        schema=declared(about),
        updated=any_day(first_text(item, "modified", "issued"), today),
    )


def publisher_of(item: Json) -> str:
    """The name of the publisher, given alone or not; DKAN 2 may wrap it under ``data``."""
    publisher = mapping(item, "publisher")
    name = first_text(publisher, "name") or first_text(mapping(publisher, "data"), "name")
    return name or text(item, "publisher")
