"""The data package of ``publication/``: each file with its schema, size and fingerprint."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from typing import Any

from observatoire.publish.checksums import digest
from observatoire.publish.draft import Draft
from observatoire.schema import Schema

NAME = "datapackage.json"
KEPT = ("$schema", "title", "description", "homepage", "licenses", "contributors", "keywords")


def describe(draft: Draft, contents: Mapping[str, bytes]) -> bytes:
    """The descriptor of the CSV files among ``contents`` (paths relative to the package).

    Those of folders repeat lines of the others, in words: they are no tables of the package.
    """
    above: dict[str, Any] = json.loads(draft.files.read(NAME) or b"{}")
    tables = [n.removesuffix(".csv") for n in sorted(contents) if _table(n)]
    package = {k: above[k] for k in KEPT if k in above} | {
        "name": f"{above.get('name', 'observatoire')}-publication",
        "version": draft.version,
        "created": f"{draft.date}T00:00:00Z",
        "repository": draft.project,
        "sources": above.get("sources", []),
        "resources": [
            _resource(draft.register.schema(t), contents[f"{t}.csv"], tables) for t in tables
        ],
    }
    return f"{json.dumps(package, ensure_ascii=False, indent=2)}\n".encode()


def _table(name: str) -> bool:
    return name.endswith(".csv") and "/" not in name


def _resource(schema: Schema, content: bytes, tables: list[str]) -> dict[str, Any]:
    return {
        "name": schema.name,
        "type": "table",
        "title": schema.title,
        "description": schema.description,
        "path": f"{schema.name}.csv",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{digest(content)}",
        "schema": _inside(schema, tables),
    }


def _inside(schema: Schema, tables: list[str]) -> dict[str, Any]:
    """The schema with the foreign keys that the package can follow."""
    own: dict[str, Any] = copy.deepcopy(dict(schema.raw))
    keys = [k for k in own.pop("foreignKeys", []) if k["reference"]["resource"] in {"", *tables}]
    return own | ({"foreignKeys": keys} if keys else {})
