"""What a change did to a table: rows added, removed, edited, by key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.model import Key
from observatoire.validate.context import Context
from observatoire.validate.sheet import Sheet

Rows = dict[Key, tuple[str, ...]]


@dataclass(frozen=True)
class Change:
    """A table before and after."""

    before: Sheet
    after: Sheet

    @cached_property
    def old(self) -> Rows:
        """The rows before that are not there any more as they were, by key."""
        return _other(self.before, self.after)

    @cached_property
    def new(self) -> Rows:
        """The rows after that were not there as they are, by key."""
        return _other(self.after, self.before)

    @property
    def removed(self) -> list[Key]:
        """The keys that are gone, sorted."""
        return sorted(self.old.keys() - self.new.keys())

    @property
    def added(self) -> list[Key]:
        """The keys that are new, sorted."""
        return sorted(self.new.keys() - self.old.keys())

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
        after = context.wanted(name)
        before = context.past.sheet(name) if context.past else None
        if before is None or after is None:
            continue
        if context.past and context.past.raw(name) == context.raw(name):
            continue
        if before.schema.columns == after.schema.columns:
            yield Change(before, after)


def _other(one: Sheet, other: Sheet) -> Rows:
    """The rows of a table that another one has not, by key: sets of lines first, then cells."""
    common = set(other.rows)
    positions = [one.schema.columns.index(n) for n in one.schema.primary_key]
    return {tuple(r[p] for p in positions): r for r in one.rows if r not in common}
