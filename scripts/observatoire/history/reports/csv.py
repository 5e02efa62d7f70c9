"""Differences as one CSV table: a line per line that came or went, a line per changed cell."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.history.changes import Changes, TableChange
from observatoire.history.reports import bounded
from observatoire.model import Key
from observatoire.table import Table, serialize

COLUMNS = ("table", "changement", "cle", "nom", "champ", "avant", "apres")
BLANKS = "\u00a0\u202f"
"""No-break spaces, which Python does not call printable."""
BETWEEN = " / "
"""Between the cells of a key, which may hold any other mark."""


def render(changes: Changes, limit: int) -> str:
    """The table, with its header; columns that came or went have a line of their own."""
    rows = [row for change in changes.tables for row in _rows(changes, change, limit)]
    safe = [tuple(map(_inert, row)) for row in rows]
    return serialize(Table(COLUMNS, safe)).decode().rstrip("\n")


def _rows(changes: Changes, change: TableChange, limit: int) -> Iterator[tuple[str, ...]]:
    difference = change.difference
    for name in difference.new_columns:
        yield change.table, "colonne ajoutée", "", "", name, "", ""
    for name in difference.lost_columns:
        yield change.table, "colonne retirée", "", "", name, "", ""
    for word, items in (("ligne ajoutée", difference.added), ("ligne retirée", difference.removed)):
        for line in items[: bounded(len(items), limit)]:
            name = changes.called(change.table, line.key, line.row)
            yield change.table, word, _key(line.key), name, "", "", ""
    for edited in difference.edited[: bounded(len(difference.edited), limit)]:
        name = changes.called(change.table, edited.key, edited.row)
        for cell in edited.cells:
            place = (change.table, "cellule modifiée", _key(edited.key), name)
            yield *place, cell.champ, cell.avant, cell.apres


def _key(key: Key) -> str:
    return BETWEEN.join(key)


def _inert(cell: str) -> str:
    """A cell that no spreadsheet runs and no terminal obeys, whatever a branch holds."""
    from observatoire.validate.checks.formule import NUMBER, STARTS

    if not cell.isprintable():
        cell = "".join(c if c.isprintable() or c in BLANKS else "\ufffd" for c in cell)
    if cell and cell[0] in STARTS and not NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
