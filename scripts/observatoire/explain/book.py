"""A register's lines: a whole table by key, indexed once, or a single line of a large one."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.explain import lines
from observatoire.model import Key, Row
from observatoire.register import Register, path_of


class Book:
    """The lines of any table, by key."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._tables: dict[str, Mapping[Key, Row]] = {}

    def lines(self, table: str) -> Mapping[Key, Row]:
        """The lines of a table by primary key; none when the table does not exist."""
        if table not in self._tables:
            self._tables[table] = self.register.keyed(table)
        return self._tables[table]

    def line(self, table: str, *first: str) -> Row | None:
        """The first line that begins with these cells; the others are not read."""
        data = self.register.files.read(path_of(table))
        found = lines.starting(data, *first) if data else []
        return dict(zip(lines.columns(data), found[0], strict=False)) if data and found else None

    def under(self, folder: str) -> list[str]:
        """The names of the tables in a folder, without the folder."""
        prefix = f"{folder}/"
        names = (n for n in self.register.names() if n.startswith(prefix))
        return [n.removeprefix(prefix) for n in names]
