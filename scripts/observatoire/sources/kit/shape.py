"""Looking into JSON of any shape: what is missing or of another type is empty, never an error."""

from __future__ import annotations

from observatoire.web import Json

BIGGEST_NUMBER = 10**12
"""A larger count of anything is no count."""


def text(item: Json, *keys: str) -> str:
    """The text or number under a path of keys; "" without it."""
    # Called a dozen times per dataset: each call counts, hence the loop of ``_under`` again.
    for key in keys:
        if not isinstance(item, dict):
            return ""
        item = item.get(key)
    if isinstance(item, str):
        return item
    if isinstance(item, bool) or not isinstance(item, int | float):
        return ""
    return str(item)


def mapping(item: Json, *keys: str) -> dict[str, Json]:
    """The object under a path of keys; empty without it."""
    value = _under(item, keys)
    return value if isinstance(value, dict) else {}


def items(item: Json, *keys: str) -> list[Json]:
    """The list under a path of keys; a value alone is a list of one, nothing is an empty list."""
    value = _under(item, keys)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _under(item: Json, keys: tuple[str, ...]) -> Json:
    for key in keys:
        if not isinstance(item, dict):
            return None
        item = item.get(key)
    return item


def first_text(item: Json, *keys: str) -> str:
    """The first text that is not blank under one of the keys."""
    if isinstance(item, dict):
        for key in keys:
            found = item.get(key)
            found = found if isinstance(found, str) else text(found)
            if found and not found.isspace():
                return found
    return ""


def mappings(item: Json, *keys: str) -> list[dict[str, Json]]:
    """The objects of the list under a path of keys; what else stands there is left out."""
    return [value for value in items(item, *keys) if isinstance(value, dict)]


def texts(item: Json, *keys: str) -> list[str]:
    """The texts of the list under a path of keys."""
    return [value for value in items(item, *keys) if isinstance(value, str)]


def number(item: Json, *keys: str) -> int | None:
    """The count under a path of keys; None when it is not a whole number, or not a sensible one."""
    value = _under(item, keys)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if 0 <= value <= BIGGEST_NUMBER and value == int(value) else None
