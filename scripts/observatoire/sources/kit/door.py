"""The door of the register: rows from a connector, made to obey the schema of harvests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from observatoire.cells import clean, join_values
from observatoire.model import Row, SourceError
from observatoire.schema import Field, Schema
from observatoire.sources.kit.text import tidy

INTEGER = re.compile(r"[0-9]{1,15}")
LONGEST = 2_000
"""Characters of an address, the longest that browsers and forges all accept."""

NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")


def admit(rows: Iterable[Row], schema: Schema) -> tuple[Row, ...]:
    """The rows with clean cells; a cell that its column refuses is emptied.

    Raises SourceError when a required cell is empty or a key comes twice: the portal's answer
    then means something else than we think. A column that the schema lacks is our bug: KeyError.
    """
    admitted = tuple({f: _cell(schema.field(f), text) for f, text in r.items()} for r in rows)
    keys = set()
    for row in admitted:
        for field in schema.fields:
            if field.required and not row.get(field.name):
                raise SourceError(f"un publicateur n'a pas de valeur pour « {field.title} ».")
        key = tuple(row[name] for name in schema.primary_key)
        if key in keys:
            raise SourceError(f"le publicateur « {key[-1]} » est annoncé deux fois.")
        keys.add(key)
    return admitted


def _cell(field: Field, text: str) -> str:
    if field.separator:
        return join_values(map(tidy, text.split(field.separator)))
    if field.type == "string" and not (field.pattern or field.enum):
        return tidy(text)
    text = clean(text)
    return text if len(text) <= LONGEST and text.isprintable() and _fits(field, text) else ""


def _fits(field: Field, text: str) -> bool:
    if field.compiled and not field.compiled.fullmatch(text):
        return False
    if field.enum and text not in field.enum:
        return False
    if field.type in {"integer", "number"}:
        return _in_range(field, text)
    return field.type != "date" or _is_day(text)


def _in_range(field: Field, text: str) -> bool:
    if not (INTEGER if field.type == "integer" else NUMBER).fullmatch(text):
        return False
    value = float(text)
    low = field.minimum is None or value >= field.minimum
    return low and (field.maximum is None or value <= field.maximum)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
