"""The file as it should be: canonical, with exactly the edits of a contribution."""

from __future__ import annotations

from observatoire.contribution.model import Contribution
from observatoire.model import Key, Row
from observatoire.schema import Schema
from observatoire.table import Table, apply_rows, canonical, keyed, serialize


def tidy(current: Table, schema: Schema, contribution: Contribution) -> bytes:
    """The bytes of the current table with the edits and new rows; twice is as once."""
    table = canonical(current, schema)
    rows = keyed(table, schema, contribution.table)
    changed: dict[Key, Row | None] = {}
    for edit in contribution.edits:
        row = changed.get(edit.key) or rows[edit.key]
        changed[edit.key] = {**row, edit.field: edit.after}
    changed |= {addition.key: addition.row for addition in contribution.additions}
    return serialize(canonical(apply_rows(table, schema, changed), schema))
