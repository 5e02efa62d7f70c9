"""The lines of a table by key: each key stands once, or its second line is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from observatoire import intake
from observatoire.history.model import Side
from observatoire.model import Finding, Key, Malformed
from observatoire.table import Table

Cells = tuple[str, ...]
Keyed = Mapping[Key, Cells]


def rows(side: Side, key: Sequence[str]) -> Keyed:
    """All the lines of a table; none of a table that is not there. Raises Malformed."""
    if side.data is None:
        return {}
    return keyed(intake.parse(side.data, side.file, side.columns), key, side.file)


def keyed(table: Table, key: Sequence[str], file: str) -> Keyed:
    """Rows by key; raises Malformed when a key stands twice."""
    pick = picker([table.position(name) for name in key])
    out = dict(zip(map(pick, table.rows), table.rows, strict=True))
    if len(out) != len(table.rows):
        raise _twice(table, pick, file)
    return out


def picker(positions: Sequence[int]) -> Callable[[Cells], Cells]:
    """The cells at some positions, as a tuple even when there is one."""
    if len(positions) == 1:
        at = positions[0]
        return lambda row: (row[at],)
    return itemgetter(*positions)


def _twice(table: Table, pick: Callable[[Cells], Key], file: str) -> Malformed:
    every = [pick(row) for row in table.rows]
    first = {key: at for at, key in reversed(list(enumerate(every)))}
    line, key = next((at + 2, key) for at, key in enumerate(every) if first[key] != at)
    message = f"la clé « {' / '.join(key)} » est déjà plus haut : gardez une seule des deux lignes."
    return Malformed(Finding("cle-en-double", message, file=file, line=line, key=key))
