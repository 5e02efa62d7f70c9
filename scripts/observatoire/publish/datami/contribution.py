"""The tables that people edit in Datami, on ``main``: keys and what robots keep are locked.

Settings are pinned to the version; the tables are those of ``main``, where requests are merged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from observatoire.publish.datami import fields, urls
from observatoire.publish.labels import labels
from observatoire.register import path_of
from observatoire.schema import Field, Schema

if TYPE_CHECKING:
    from observatoire.publish.draft import Draft

BRANCH = "main"
SEPARATOR = ","
FOLDER = "datami/contribuer"
PAGE = "datami/contribuer.json"
TABLES = ("organisations", "plateformes", "publications", "thematiques")
KEPT_BY_ROBOTS = {"publications": ("origine",)}
NAMES = {"publications": {"siren": "organisations", "plateforme": "plateformes"}}
"""Columns that point to a table whose names help to read them."""
MOST = 5_000
"""The longest table that Datami edits well (datami.md, section 9)."""


def files(draft: Draft) -> dict[str, Mapping[str, Any]]:
    """The widget's setting, and each table's; a table that is too long is not offered."""
    offered = [n for n in TABLES if len(draft.register.table(n)) <= MOST]
    out: dict[str, Mapping[str, Any]] = {}
    for name in offered:
        described = draft.register.schema(name)
        out[f"{FOLDER}/{name}-schema.json"] = schema(described)
        out[f"{FOLDER}/{name}-champs.json"] = properties(described, draft.project)
    tabs = [_tab(draft, n, first=n == offered[0]) for n in offered]
    return out | {PAGE: {"gitfiles": tabs}}


def schema(described: Schema) -> dict[str, Any]:
    """All columns as text: Datami rewrites numbers, and cannot empty the cell of one."""
    columns = [
        {"name": f.name, "title": f.title, "description": f.description, "type": "string"}
        | ({"constraints": {"enum": list(f.enum)}} if f.enum else {})
        for f in described.fields
    ]
    return {"fields": columns, "primaryKey": list(described.primary_key)}


def locked(described: Schema) -> frozenset[str]:
    """The columns that nobody edits in a line that exists."""
    return frozenset({*described.primary_key, *KEPT_BY_ROBOTS.get(described.name, ())})


def properties(described: Schema, project: str) -> dict[str, Any]:
    """How each column is shown and edited."""
    fixed = locked(described)
    return {
        "fields": [
            {"name": f.name, "locked": f.name in fixed}
            | _shown(described, f)
            | _names(described.name, f.name, project)
            for f in described.fields
        ]
    }


def _shown(described: Schema, field: Field) -> dict[str, Any]:
    if field.separator:
        return {"subtype": "tags", "tagSeparator": field.separator, "bgColor": fields.NEUTRAL}
    if field.enum:
        words = labels(described, field.name)
        meant = [{"value": code, "label": words[code]} for code in field.enum if code in words]
        shown: dict[str, Any] = {"subtype": "tag", "bgColor": fields.NEUTRAL}
        return shown | ({"definitions": meant} if meant else {})
    if field.name.startswith("url"):
        return {"subtype": "link"}
    return {"maxLength": 60} if field.name == "nom" else {}


def _names(table: str, column: str, project: str) -> dict[str, Any]:
    """The name behind a key, read in the other table."""
    other = NAMES.get(table, {}).get(column)
    if not other:
        return {}
    return {
        "foreignKey": {
            "activate": True,
            "ressource": urls.raw(project, BRANCH, path_of(other)),
            "ressourceOptions": {"separator": SEPARATOR},
            "fields": {"organisations": "siren", "plateformes": "id"}[other],
            "returnFields": ["nom"],
        }
    }


def _tab(draft: Draft, name: str, *, first: bool) -> dict[str, Any]:
    """One tab of ``datami-multi-files``."""
    described = draft.register.schema(name)
    return {
        "title": described.title,
        "activate": True,
        "default-tab": first,
        "gitfile": urls.raw(draft.project, BRANCH, path_of(name)),
        "onlypreview": False,
        "options": _options(draft, described),
    }


def _options(draft: Draft, described: Schema) -> dict[str, Any]:
    def file(kind: str) -> dict[str, str]:
        path = f"publication/{FOLDER}/{described.name}-{kind}.json"
        return {"file": urls.raw(draft.project, draft.tag, path)}

    filters = [{"name": f.name, "filtering": "OR"} for f in described.fields if f.enum]
    return {
        "separator": SEPARATOR,
        "lockcolumns": True,
        "schema": file("schema"),
        "fields-custom-properties": file("champs"),
        "pagination": {"itemsPerPageTable": 20, "itemsPerPage": 9, "itemsPerRow": 3},
        "customfilters": {"activate": True, "filterfields": filters},
    }
