"""Differences as JSON: everything, by table and by key, a line of text per line that moved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from observatoire.history.changes import Changes, TableChange
from observatoire.history.model import Line
from observatoire.history.reports import bounded
from observatoire.model import Key, Row


def render(changes: Changes, limit: int) -> str:
    """One object; ``complet`` is false in a table that shows only its first lines."""
    tables = [_object(_table(changes, change, limit)) for change in changes.tables]
    states = {"de": _text(changes.old), "a": _text(changes.new)}
    return _object({**states, "tables": _array(tables) if tables else "[]"})


def _object(members: Mapping[str, str]) -> str:
    """A member a line, and an item of a list of objects a line: read by people too.

    ``json`` writes an indented text in Python, ten times as slowly as a line.
    """
    return "{\n" + ",\n".join(f'"{name}": {text}' for name, text in members.items()) + "\n}"


def _member(value: Any) -> str:
    listed = isinstance(value, list) and value and isinstance(value[0], dict)
    return _array(map(_text, value)) if listed else _text(value)


def _array(items: Iterable[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _table(changes: Changes, change: TableChange, limit: int) -> dict[str, str]:
    difference = change.difference
    kinds = (difference.added, difference.removed, difference.edited)
    shown = [bounded(len(items), limit) for items in kinds]
    members = {
        "table": change.table,
        "titre": change.schema.title,
        "nouvelle": change.created,
        "disparue": change.dropped,
        "colonnes_ajoutees": list(difference.new_columns),
        "colonnes_retirees": list(difference.lost_columns),
        "nb_ajouts": len(difference.added),
        "nb_retraits": len(difference.removed),
        "nb_modifications": len(difference.edited),
        "complet": shown == [len(items) for items in kinds],
        "ajouts": _lines(changes, change, difference.added[: shown[0]]),
        "retraits": _lines(changes, change, difference.removed[: shown[1]]),
        "modifications": [
            {
                **_head(changes, change, edited.key, edited.row),
                "champs": {c.champ: {"avant": c.avant, "apres": c.apres} for c in edited.cells},
            }
            for edited in difference.edited[: shown[2]]
        ],
    }
    return {name: _member(value) for name, value in members.items()}


def _lines(changes: Changes, change: TableChange, lines: Sequence[Line]) -> list[Mapping[str, Any]]:
    return [{**_head(changes, change, x.key, x.row), "ligne": dict(x.row)} for x in lines]


def _head(changes: Changes, change: TableChange, key: Key, row: Row) -> dict[str, Any]:
    return {"cle": list(key), "nom": changes.called(change.table, key, row)}
