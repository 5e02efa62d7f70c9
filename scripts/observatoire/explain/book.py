"""A register's tables by key, each indexed once."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire.model import Key, Row
from observatoire.register import Register


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

    def under(self, folder: str) -> list[str]:
        """The names of the tables in a folder, without the folder."""
        prefix = f"{folder}/"
        names = (n for n in self.register.names() if n.startswith(prefix))
        return [n.removeprefix(prefix) for n in names]
