"""Looking into JSON of any shape: what is missing or of another type is empty, never an error."""

from __future__ import annotations

from observatoire.web import Json


def text(item: Json, *keys: str) -> str:
    """The text or number under a path of keys; "" without it."""
    value = _under(item, keys)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


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
        item = item.get(key) if isinstance(item, dict) else None
    return item
