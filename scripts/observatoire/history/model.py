"""Differences as values: the lines of a table that came, went, or hold other cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from observatoire.model import Key, Row


class Line(NamedTuple):
    """A line that came or went; its cells by column."""

    key: Key
    row: Row


class Cell(NamedTuple):
    """A cell that holds another value than before."""

    champ: str
    avant: str
    apres: str


class Edited(NamedTuple):
    """A line that is on both sides with other cells, in the order of its columns."""

    key: Key
    row: Row
    cells: tuple[Cell, ...]

    @property
    def before(self) -> Row:
        """The line as it was, in the columns of today."""
        return {**self.row, **{cell.champ: cell.avant for cell in self.cells}}


class Difference(NamedTuple):
    """What moved in a table, each list in the order of keys; columns that came or went apart.

    The cells of a column that came or went are not changes: the column is.
    """

    added: Sequence[Line] = ()
    removed: Sequence[Line] = ()
    edited: Sequence[Edited] = ()
    new_columns: tuple[str, ...] = ()
    lost_columns: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing moved."""
        return not (
            self.added or self.removed or self.edited or self.new_columns or self.lost_columns
        )


class Side(NamedTuple):
    """A table in one state: its bytes (None when it is not there), columns, key, file."""

    data: bytes | None
    columns: tuple[str, ...]
    key: tuple[str, ...]
    file: str
