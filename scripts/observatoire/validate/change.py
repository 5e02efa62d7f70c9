"""What a change did to a table: rows added, removed, edited, by key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from observatoire.model import Key
from observatoire.register import path_of
from observatoire.validate.sheet import Sheet
from observatoire.validate.start import same

if TYPE_CHECKING:
    from observatoire.validate.context import Context

Row = tuple[str, ...]
Rows = dict[Key, Row]


class Change:
    """A table before and after."""

    def __init__(self, before: Sheet, after: Sheet) -> None:
        self.before = before
        self.after = after

    @cached_property
    def _differing(self) -> tuple[list[Row], list[Row]]:
        """The rows that each version has alone: sets of lines first, then cells."""
        before, after = self.before.lines(), self.after.lines()
        only = set(before) ^ set(after)
        old = [self.before.row(at) for at, line in enumerate(before) if line in only]
        new = [self.after.row(at) for at, line in enumerate(after) if line in only]
        common = set(old) & set(new)  # the same cells, quoted otherwise
        return [r for r in old if r not in common], [r for r in new if r not in common]

    @cached_property
    def old(self) -> Rows:
        """The rows before that are not there any more as they were, by key."""
        return _by_key(self._differing[0], self.before)

    @cached_property
    def new(self) -> Rows:
        """The rows after that were not there as they are, by key."""
        return _by_key(self._differing[1], self.after)

    @property
    def removed(self) -> list[Key]:
        """The keys that are gone, sorted."""
        return sorted(self.old.keys() - self.new.keys())

    @property
    def added(self) -> list[Key]:
        """The keys that are new, sorted."""
        return sorted(self.new.keys() - self.old.keys())

    def written(self, field: str) -> Iterator[tuple[Key, str]]:
        """The cells of a column that the change wrote, in new lines and in others, by key."""
        at = self.after.schema.columns.index(field)
        for key in sorted(self.new):
            old, cell = self.old.get(key), self.new[key][at]
            if old is None or old[at] != cell:
                yield key, cell

    def edits(self) -> Iterator[tuple[Key, str, str, str]]:
        """Each edited cell: key, field, before, after."""
        for key in sorted(self.old.keys() & self.new.keys()):
            pairs = zip(self.after.schema.columns, self.old[key], self.new[key], strict=True)
            for field, before, after in pairs:
                if before != after:
                    yield key, field, before, after


def changes(context: Context, names: Sequence[str] = ()) -> Iterator[Change]:
    """The tables that a change touches; none when no change is under examination."""
    for name in names or context.names:
        if name not in context.changes:
            context.changes[name] = _change(context, name)
        change = context.changes[name]
        if change is not None:
            yield change


def _change(context: Context, name: str) -> Change | None:
    past, path = context.past, path_of(name)
    if past is None or same(past.register.files, context.register.files, path):
        return None
    before, after = past.sheet(name), context.wanted(name)
    if before is None or after is None or before.schema.columns != after.schema.columns:
        return None
    return Change(before, after)


def _by_key(rows: list[Row], sheet: Sheet) -> Rows:
    positions = [sheet.schema.columns.index(n) for n in sheet.schema.primary_key]
    return {tuple(row[p] for p in positions): row for row in rows}
