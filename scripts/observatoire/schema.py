"""Table Schemas: the single place where a field of the register is described.

A schema is a Frictionless Table Schema (https://datapackage.org/standard/table-schema/) under
``schemas/``. Two properties of ours, ignored by other tools: ``separator`` on a field that holds
several values (always ``|``), and ``example``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple


class Field(NamedTuple):
    """One column: its Table Schema type, constraints, and French title and description."""

    name: str
    type: str = "string"
    title: str = ""
    description: str = ""
    required: bool = False
    unique: bool = False
    pattern: str = ""
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    separator: str = ""
    example: str = ""
    format: str = "default"

    @property
    def compiled(self) -> re.Pattern[str] | None:
        """The pattern, that a whole cell must match (Table Schema); None without a pattern."""
        return re.compile(self.pattern) if self.pattern else None


class ForeignKey(NamedTuple):
    """Columns whose cells must be a key of another resource."""

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]


class _Described(NamedTuple):
    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


class Schema(_Described):
    """The columns of a table, in order, with its keys.

    ``raw`` is the descriptor as it is written: two schemas that say the same are equal, whatever
    their descriptors hold besides.
    """

    raw: Mapping[str, Any] = MappingProxyType({})

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The column names, in schema order."""
        return tuple(f.name for f in self.fields)

    def field(self, name: str) -> Field:
        """The field called ``name``; raises KeyError."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}


def parse(name: str, text: bytes | str) -> Schema:
    """The schema written in a Table Schema descriptor (JSON)."""
    raw = json.loads(text)
    schema = Schema(
        name=name,
        title=raw.get("title", name),
        description=raw.get("description", ""),
        fields=tuple(_field(f) for f in raw["fields"]),
        primary_key=_names(raw.get("primaryKey", ())),
        foreign_keys=tuple(
            ForeignKey(
                _names(k["fields"]), k["reference"]["resource"], _names(k["reference"]["fields"])
            )
            for k in raw.get("foreignKeys", ())
        ),
    )
    schema.raw = raw
    return schema


def _field(raw: Mapping[str, Any]) -> Field:
    rules = raw.get("constraints", {})
    re.compile(rules.get("pattern", ""))
    return Field(
        name=raw["name"],
        type=raw.get("type", "string"),
        title=raw.get("title", raw["name"]),
        description=raw.get("description", ""),
        required=rules.get("required", False),
        unique=rules.get("unique", False),
        pattern=rules.get("pattern", ""),
        enum=tuple(map(str, rules.get("enum", ()))),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        separator=raw.get("separator", ""),
        example=str(raw.get("example", "")),
        format=raw.get("format", "default"),
    )


def _names(value: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
