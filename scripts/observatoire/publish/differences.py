"""What moved between two states of the register, table by table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from observatoire.history import lines
from observatoire.history.model import Difference, Side
from observatoire.publish import compatibility
from observatoire.publish.compatibility import Level
from observatoire.register import Register, path_of

PRIVATE_FOLDERS = ("moissons/", "rapprochements/")
PRIVATE = ("verrous", "refus")
"""How the register is kept, not what it says: no version number moves for these."""


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
    return [c for name in names for c in _compare(old, new, name) if c.level]


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
        pair = old.schema(name), new.schema(name)
        found = difference(old, new, name)
        yield TableChange(
            name,
            pair[1].title,
            *(len(found.added), len(found.removed), len(found.edited)),
            schema=compatibility.of_schema(*pair),
            words=tuple(compatibility.words(*pair)),
            unclassified=tuple(compatibility.unclassified(*pair)),
        )


def difference(old: Register, new: Register, name: str) -> Difference:
    """The lines of a table that moved; the cells of a column that came or went do not count."""
    return lines.compare(_side(old, name), _side(new, name))


def _side(register: Register, name: str) -> Side:
    schema = register.schema(name)
    path = path_of(name)
    return Side(register.files.read(path), schema.columns, schema.primary_key, path)
