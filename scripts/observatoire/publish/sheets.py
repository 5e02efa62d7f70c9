"""The tables of a version, each read once for all formats, in the types that their schemas say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from observatoire import schema
from observatoire.files import Files
from observatoire.publish import datapackage
from observatoire.publish.draft import FOLDER
from observatoire.schema import Schema

if TYPE_CHECKING:
    import pyarrow as pa

WORDS = {"trueValues": ["true"], "falseValues": ["false"]}
"""What a boolean is written as where its schema does not say (Table Schema)."""


@dataclass(frozen=True)
class Sheet:
    """A table of a version: its schema, its typed columns; an empty cell is null."""

    schema: Schema
    data: pa.Table

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.schema.name


@dataclass(frozen=True)
class Version:
    """What the formats to download are made from: the files of a tag, its day (ISO)."""

    files: Files
    tag: str
    date: str

    @cached_property
    def package(self) -> Mapping[str, Any]:
        """The descriptor of ``publication/``."""
        found: Mapping[str, Any] = json.loads(
            self.files.read(f"{FOLDER}/{datapackage.NAME}") or b"{}"
        )
        return found

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """Every table that the descriptor lists."""
        return tuple(self._sheet(r) for r in self.package.get("resources", ()))

    def _sheet(self, resource: Mapping[str, Any]) -> Sheet:
        described = schema.parse(resource["name"], json.dumps(resource["schema"]))
        content = self.files.read(f"{FOLDER}/{resource['path']}") or b""
        return Sheet(described, read(content, described))


def read(content: bytes, described: Schema) -> pa.Table:
    """A canonical CSV as typed columns; a key is never null: an empty one is ""."""
    import pyarrow as pa
    from pyarrow import compute, csv

    table = csv.read_csv(
        pa.BufferReader(content),
        # With threads a table takes twice the room, for no time on two cores.
        read_options=csv.ReadOptions(use_threads=False),
        convert_options=csv.ConvertOptions(
            column_types={f.name: _type(f.type) for f in described.fields},
            include_columns=list(described.columns),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            true_values=_words(described, "trueValues"),
            false_values=_words(described, "falseValues"),
        ),
    ).combine_chunks()
    for name in described.primary_key:
        if described.field(name).type == "string":
            at = table.column_names.index(name)
            table = table.set_column(at, name, compute.fill_null(table[name], ""))
    return table


def _type(kind: str) -> pa.DataType:
    import pyarrow as pa

    types = {
        "integer": pa.int64(),
        "number": pa.float64(),
        "date": pa.date32(),
        "boolean": pa.bool_(),
    }
    return types.get(kind, pa.string())


def _words(described: Schema, which: str) -> list[str]:
    found = (f.get(which, ()) for f in described.raw["fields"] if f.get("type") == "boolean")
    return sorted({word for words in found for word in words}) or WORDS[which]
