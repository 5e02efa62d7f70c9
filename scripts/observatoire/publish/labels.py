"""What the codes of a field mean in words: the ``labels`` of its schema."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.schema import Schema


def labels(schema: Schema, field: str) -> Mapping[str, str]:
    """Code to words, in the order of the schema; empty for a field without labels."""
    raw = next(f for f in schema.raw["fields"] if f["name"] == field)
    found: Mapping[str, str] = raw.get("labels", {})
    return found
