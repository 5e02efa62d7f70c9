"""What moved between two states of the register, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath

from observatoire.history import lines
from observatoire.history.model import Difference, Side
from observatoire.publish import compatibility
from observatoire.publish.compatibility import Level
from observatoire.register import Register, kind_of, path_of

PRIVATE_FOLDERS = ("moissons/", "rapprochements/")
PRIVATE = ("verrous", "refus")
"""How the register is kept, not what it says: no version number moves for these."""
KEPT_APART = ("moissons", "rapprochements", "journal", *PRIVATE)
"""Their schemas."""


@dataclass(frozen=True, slots=True)
class TableChange:
    """The lines of one table that came, went, or hold other values; how its schema changed.

    ``words`` tell each change of a column, in French; ``unclassified`` name what nobody judged.
    """

    table: str
    title: str
    added: int = 0
    removed: int = 0
    changed: int = 0
    schema: Level = Level.NONE
    words: tuple[str, ...] = ()
    unclassified: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """The part of the version number that this change moves."""
        if self.added or self.removed:
            rows = Level.MINOR
        else:
            rows = Level.PATCH if self.changed else Level.NONE
        return max(self.schema, rows)


def public(register: Register) -> list[str]:
    """The tables that readers use."""
    return [n for n in register.names() if not n.startswith(PRIVATE_FOLDERS) and n not in PRIVATE]


def changes(old: Register, new: Register) -> list[TableChange]:
    """The tables that differ, in name order; raises Malformed."""
    names = sorted({*public(old), *public(new)})
    tables = (c for name in names for c in _compare(old, new, name))
    return [c for c in (*tables, *_products(old, new)) if c.level]


def _products(old: Register, new: Register) -> Iterator[TableChange]:
    """The tables that a version generates: readers use their columns too."""
    kinds = {kind_of(n) for register in (old, new) for n in register.names()}
    here, there = (
        {PurePath(p).stem for p in register.files.names("schemas")} for register in (new, old)
    )
    for kind in sorted((here & there) - kinds - {*KEPT_APART}):
        yield _described(old, new, kind)
    for kind in sorted(there - here - kinds - {*KEPT_APART}):
        yield TableChange(kind, old.schema(kind).title, schema=Level.MAJOR)


def _described(
    old: Register, new: Register, name: str, counts: tuple[int, int, int] = (0, 0, 0)
) -> TableChange:
    """How the schema of a table changed, with how many lines came, went and changed."""
    pair = old.schema(name), new.schema(name)
    return TableChange(
        name,
        pair[1].title,
        *counts,
        compatibility.of_schema(*pair),
        tuple(compatibility.words(*pair)),
        tuple(compatibility.unclassified(*pair)),
    )


def _compare(old: Register, new: Register, name: str) -> Iterator[TableChange]:
    if not new.has(name):
        yield TableChange(
            name, old.schema(name).title, removed=len(old.table(name)), schema=Level.MAJOR
        )
    elif not old.has(name):
        yield TableChange(
            name, new.schema(name).title, added=len(new.table(name)), schema=Level.MINOR
        )
    else:
        found = difference(old, new, name)
        counts = (len(found.added), len(found.removed), len(found.edited))
        yield _described(old, new, name, counts)


def difference(old: Register, new: Register, name: str) -> Difference:
    """The lines of a table that moved; the cells of a column that came or went do not count."""
    return lines.compare(_side(old, name), _side(new, name))


def _side(register: Register, name: str) -> Side:
    schema = register.schema(name)
    path = path_of(name)
    return Side(register.files.read(path), schema.columns, schema.primary_key, path)
