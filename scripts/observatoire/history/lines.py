"""The difference of two CSV tables by key: what came, what went, which cells changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from observatoire.history.apart import apart
from observatoire.history.keys import Cells, Keyed, picker, rows
from observatoire.history.model import Cell, Difference, Edited, Line, Side
from observatoire.model import Row


def compare(old: Side, new: Side) -> Difference:
    """What moved from one state of a table to another; raises Malformed on an unreadable one.

    Lines are matched by the key of the new side, or by that of the old one when the new key has
    columns that the old table lacks; without any common key, all the lines go and come.
    """
    if old.data == new.data and old.columns == new.columns:
        return Difference()
    common = {*old.columns} & {*new.columns}
    key = next((k for k in (new.key, old.key) if {*k} <= common), None)
    if key is None or old.data is None or new.data is None:
        return _replaced(old, new)
    before, after = apart(old, new, key) or (rows(old, key), rows(new, key))
    lost = tuple(c for c in old.columns if c not in common)
    come = tuple(c for c in new.columns if c not in common)
    return Difference(
        added=_lines(new.columns, after, before),
        removed=_lines(old.columns, before, after),
        edited=tuple(_edited(old.columns, new.columns, before, after)),
        new_columns=come,
        lost_columns=lost,
    )


def _replaced(old: Side, new: Side) -> Difference:
    """Every line of one side goes, every line of the other comes."""
    before, after = rows(old, old.key), rows(new, new.key)
    both = old.data is not None and new.data is not None
    return Difference(
        added=_lines(new.columns, after, {}),
        removed=_lines(old.columns, before, {}),
        new_columns=tuple(c for c in new.columns if both and c not in old.columns),
        lost_columns=tuple(c for c in old.columns if both and c not in new.columns),
    )


def _lines(columns: Sequence[str], here: Keyed, there: Keyed) -> tuple[Line, ...]:
    """The lines of one side whose key the other side lacks."""
    return tuple(Line(key, _row(columns, here[key])) for key in sorted(here.keys() - there.keys()))


def _row(columns: Sequence[str], cells: Cells) -> Row:
    return dict(zip(columns, cells, strict=True))


def _edited(
    old: Sequence[str], new: Sequence[str], before: Keyed, after: Keyed
) -> Iterator[Edited]:
    """The lines of both sides with other cells in the columns of both."""
    pairs = [(old.index(name), at, name) for at, name in enumerate(new) if name in old]
    same = tuple(old) == tuple(new)
    left, right = picker([o for o, _, _ in pairs]), picker([n for _, n, _ in pairs])
    for key in sorted(before.keys() & after.keys()):
        was, now = before[key], after[key]
        if was == now if same else left(was) == right(now):
            continue
        cells = tuple(Cell(name, was[o], now[n]) for o, n, name in pairs if was[o] != now[n])
        yield Edited(key, _row(new, now), cells)
