"""The schema and the display of columns that Datami reads, generated from ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from observatoire.publish.labels import labels
from observatoire.register import Register
from observatoire.schema import Field, Schema

if TYPE_CHECKING:
    from observatoire.reference.lookup import Place, Reference

TYPES = frozenset({"string", "number", "integer", "boolean"})
"""Datami shows an empty cell for any other type (datami.md, section 3)."""

NEUTRAL = "#4a5b6c"
"""For labels without a colour of their own: Datami draws one by lot otherwise."""
PASSED = ("subtype", "maxLength", "hide", "tagSeparator", "booleanOptions", "definitions")
"""The display properties of ours that Datami takes as they are."""


def schema(described: Schema) -> dict[str, Any]:
    """The Table Schema for Datami: dates become text, rules that it ignores are left out."""
    return {
        "fields": [_field(f) for f in described.fields],
        "primaryKey": list(described.primary_key),
    }


def _field(field: Field) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": field.name,
        "title": field.title,
        "description": field.description,
        "type": field.type if field.type in TYPES else "string",
    }
    return out | ({"constraints": {"enum": list(field.enum)}} if field.enum else {})


def properties(
    described: Schema, register: Register, reference: Reference
) -> dict[str, list[dict[str, Any]]]:
    """How each column is shown. All are locked: the view is generated, nobody edits it."""
    places = {"reg_code_geo": reference.regions, "depcode": reference.departements}
    return {
        "fields": [
            {"name": raw["name"], "locked": True}
            | _display(raw, register)
            | (_named(places[raw["name"]]) if raw["name"] in places else {})
            for raw in described.raw["fields"]
        ]
    }


def _display(raw: Mapping[str, Any], register: Register) -> dict[str, Any]:
    own = raw.get("datami", {})
    out = {name: own[name] for name in PASSED if name in own}
    if own.get("subtype") in {"tag", "tags"}:
        out["bgColor"] = NEUTRAL
    if "labels_of" in own:
        colours = own.get("colors", {})
        out["definitions"] = [
            {"value": code, "label": words, "bgColor": colours[code]}
            for code, words in labels(register.schema(own["labels_of"]), raw["name"]).items()
        ]
    return out


def _named(places: Mapping[str, Place]) -> dict[str, Any]:
    return {"definitions": [{"value": c, "label": p.nom} for c, p in sorted(places.items())]}
