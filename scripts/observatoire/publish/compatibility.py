"""How much a change of schema breaks readers: major, minor or patch.

After the Data Package Version recipe (https://datapackage.org/recipes/data-package-version/).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

from observatoire.schema import Field, Schema


class Level(IntEnum):
    """The part of a version number that a change moves."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


TOLD = {
    "": ("$schema", "name", "title", "description", "version", "primaryKey", "foreignKeys"),
    "field": ("name", "type", "title", "description", "example", "labels", "datami", "separator"),
    "constraints": ("required", "unique", "pattern", "enum", "minimum", "maximum"),
}
"""What a change does to readers is known for these properties of a schema, a field, its rules."""

FIELD = {Level.MAJOR: "règle ou type resserrés", Level.MINOR: "règle assouplie"}


def of_schema(old: Schema, new: Schema) -> Level:
    """Columns that come, go or move, another key or a tighter rule break; other rules do not."""
    if old.columns != new.columns or old.primary_key != new.primary_key:
        return Level.MAJOR
    if set(new.foreign_keys) - set(old.foreign_keys) or any(unclassified(old, new)):
        return Level.MAJOR
    pairs = zip(old.fields, new.fields, strict=True)
    level = max((of_field(o, n) for o, n in pairs), default=Level.NONE)
    if level is Level.NONE and old.foreign_keys != new.foreign_keys:
        return Level.MINOR
    if level is Level.NONE and old.raw != new.raw:
        return Level.PATCH
    return level


def unclassified(old: Schema, new: Schema) -> Iterator[str]:
    """The properties that changed and that nothing here classifies, in French."""
    yield from (f"« {n} »" for n in _changed(old.raw, new.raw, {*TOLD[""], "fields"}))
    before = {f["name"]: f for f in old.raw["fields"]}
    for field in new.raw["fields"]:
        was = before.get(field["name"], field)
        rules = (was.get("constraints", {}), field.get("constraints", {}))
        for name in (
            *_changed(was, field, {*TOLD["field"], "constraints"}),
            *_changed(*rules, {*TOLD["constraints"]}),
        ):
            yield f"« {name} » de la colonne « {field['name']} »"


def _changed(old: Mapping[str, Any], new: Mapping[str, Any], known: set[str]) -> list[str]:
    return sorted(n for n in (old.keys() | new.keys()) - known if old.get(n) != new.get(n))


def words(old: Schema, new: Schema) -> Iterator[str]:
    """What changed for readers of a table, in French, one piece per column or key."""
    for name in new.columns:
        if name not in old.columns:
            yield f"colonne « {name} » ajoutée"
    for name in old.columns:
        if name not in new.columns:
            yield f"colonne « {name} » retirée"
    common = [n for n in old.columns if n in new.columns]
    if common != [n for n in new.columns if n in old.columns]:
        yield "colonnes dans un autre ordre"
    for name in common:
        level = of_field(old.field(name), new.field(name))
        if level in FIELD:
            yield f"{FIELD[level]} pour « {name} »"
    if old.primary_key != new.primary_key:
        yield f"clé changée : {', '.join(new.primary_key)}"


def of_field(old: Field, new: Field) -> Level:
    """What a change of type or constraint does to a reader of the column."""
    if (old.type, old.separator) != (new.type, new.separator) or _tightened(old, new):
        return Level.MAJOR
    if _rules(old) != _rules(new):
        return Level.MINOR
    return Level.NONE if old == new else Level.PATCH


def _tightened(old: Field, new: Field) -> bool:
    """Whether a cell could be right under the old rules and wrong under the new ones.

    Two patterns cannot be compared: another pattern is taken for a tighter one.
    """
    return any(
        (
            new.required and not old.required,
            new.unique and not old.unique,
            new.pattern not in ("", old.pattern),
            bool(new.enum) and (not old.enum or not set(old.enum) <= set(new.enum)),
            new.minimum is not None and (old.minimum is None or new.minimum > old.minimum),
            new.maximum is not None and (old.maximum is None or new.maximum < old.maximum),
        )
    )


def _rules(field: Field) -> tuple[object, ...]:
    return (
        field.required,
        field.unique,
        field.pattern,
        frozenset(field.enum),
        field.minimum,
        field.maximum,
    )
