"""The tables, field by field, as their schemas describe them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from observatoire import french
from observatoire.files import Files

FOLDER = "schemas"

TYPES = {
    "string": "texte",
    "integer": "nombre entier",
    "number": "nombre",
    "date": "date (AAAA-MM-JJ)",
    "year": "année",
    "boolean": "oui ou non",
}

FIRST = ("organisations", "plateformes", "publications", "thematiques", "indicateurs", "vue-datami")
"""The tables that people look for; the others follow by name."""

RULES: Mapping[str, str] = {
    "required": "obligatoire",
    "unique": "unique",
    "minimum": "au moins {}",
    "maximum": "au plus {}",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: what it holds, in words."""

    name: str
    title: str
    description: str
    kind: str
    rules: tuple[str, ...]
    pattern: str
    values: tuple[tuple[str, str], ...]
    example: str


@dataclass(frozen=True, slots=True)
class Document:
    """A table: what it is, its key, its columns, where its lines are, what its columns refer to."""

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    links: tuple[tuple[str, str], ...]
    paths: tuple[str, ...]


def documents(files: Files, resources: Sequence[Mapping[str, Any]]) -> list[Document]:
    """Every table that has a schema; ``resources`` are those of the data package."""
    names = [path.removeprefix(f"{FOLDER}/").removesuffix(".json") for path in files.names(FOLDER)]
    raws = {name: json.loads(files.read(path_of(name)) or b"{}") for name in names}
    found = [_document(name, raws, resources) for name in names]
    rank = {name: at for at, name in enumerate(FIRST)}
    return sorted(found, key=lambda d: (rank.get(d.name, len(rank)), d.name))


def path_of(name: str) -> str:
    """Where the schema of a table is."""
    return f"{FOLDER}/{name}.json"


def _document(
    name: str, raws: Mapping[str, Mapping[str, Any]], resources: Sequence[Mapping[str, Any]]
) -> Document:
    raw = raws[name]
    key = raw.get("primaryKey", ())
    return Document(
        name,
        raw.get("title", name),
        raw.get("description", ""),
        (key,) if isinstance(key, str) else tuple(key),
        tuple(_field(field, _labels(field, raws)) for field in raw.get("fields", ())),
        tuple(_links(raw.get("foreignKeys", ()))),
        tuple(r["path"] for r in resources if r.get("schema") == path_of(name)),
    )


def _links(keys: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """A column, and the table whose lines it names."""
    for key in keys:
        fields = key["fields"]
        column = fields if isinstance(fields, str) else ", ".join(fields)
        yield column, str(key["reference"].get("resource", ""))


def _labels(field: Mapping[str, Any], raws: Mapping[str, Mapping[str, Any]]) -> Mapping[str, str]:
    """The words of the codes of a column: its own, those for Datami, or another table's."""
    shown: Mapping[str, Any] = field.get("datami", {})
    others = raws.get(shown.get("labels_of", ""), {}).get("fields", ())
    found = [field, *(f for f in others if f["name"] == field["name"])]
    told: Mapping[str, str] = next((f["labels"] for f in found if f.get("labels")), {})
    return told or {str(d["value"]): d["label"] for d in shown.get("definitions", ())}


def _field(raw: Mapping[str, Any], labels: Mapping[str, str]) -> Field:
    constraints: Mapping[str, Any] = raw.get("constraints", {})
    separator = raw.get("separator", "")
    kind = TYPES.get(raw.get("type", ""), raw.get("type", ""))
    values = constraints.get("enum") or list(labels)
    return Field(
        raw["name"],
        raw.get("title", raw["name"]),
        raw.get("description", ""),
        f"{kind}, plusieurs séparés par {separator}" if separator else kind,
        tuple(_rules(constraints)),
        str(constraints.get("pattern", "")),
        tuple((str(v), labels.get(str(v), "")) for v in values),
        str(raw.get("example", "")),
    )


def _rules(constraints: Mapping[str, Any]) -> Iterator[str]:
    for name, words in RULES.items():
        value = constraints.get(name)
        if value is None or value is False:
            continue
        amount = isinstance(value, int | float) and value is not True
        told = french.number(str(value)) if amount else str(value)
        yield words.format(told)
