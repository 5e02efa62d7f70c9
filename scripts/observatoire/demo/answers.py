"""What the faces of portals share: answers in JSON, numbers in a query, titles of licences."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from observatoire.demo.accounts import Account, Dataset, Entry, object_id
from observatoire.demo.faces import Answer, Ask

LICENCES = {
    "lov2": "Licence Ouverte v2.0 (Etalab)",
    "fr-lo": "Licence Ouverte / Open Licence",
    "odc-odbl": "Open Database License (ODbL)",
    "cc-by": "CC BY 4.0",
}
"""The titles that portals other than data.gouv.fr give to licences, by data.gouv.fr's ids."""

ADDRESSES = {
    "lov2": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
    "odc-odbl": "https://opendatacommons.org/licenses/odbl/",
}

MIME = {
    "csv": "text/csv",
    "json": "application/json",
    "pdf": "application/pdf",
    "shp": "application/zip",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
TABLES = frozenset({"csv", "json", "geojson", "shp"})
"""Formats that a portal reads into lines, and serves again in any format."""


DIGITS = 9
"""Of a number in a query; a longer one is nonsense."""


def json_of(value: Any, status: int = 200) -> Answer:
    """A value as a portal answers it."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def whole(ask: Ask, name: str, default: int) -> int | None:
    """A number of the query; None when it is not one."""
    text = ask.query.get(name, str(default))
    return int(text) if text.removeprefix("-").isdecimal() and len(text) <= DIGITS else None


def visible(accounts: Sequence[Account]) -> Iterator[Entry]:
    """Every dataset that a portal shows, with its own id."""
    for account in accounts:
        for number, dataset in enumerate(account.datasets):
            if not dataset.archived:
                yield Entry(object_id(f"{account.id}/{number}"), account, dataset)


def schema_address(dataset: Dataset) -> str | None:
    """The address of the schema that a dataset declares."""
    return f"https://schema.data.gouv.fr/{dataset.schema}/latest.html" if dataset.schema else None


def uuid(text: str) -> str:
    """An identifier in the shape of a UUID, always the same for the same text."""
    digits = object_id(text) + f"{zlib.crc32(text.encode()):08x}"
    return "-".join((digits[:8], digits[8:12], f"4{digits[13:16]}", digits[16:20], digits[20:32]))


def is_table(dataset: Dataset) -> bool:
    """Whether a portal can read one of its files into lines."""
    return bool(TABLES.intersection(dataset.formats))
