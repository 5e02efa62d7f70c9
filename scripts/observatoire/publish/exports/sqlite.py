"""The register as one SQLite file: keys, foreign keys, an index on names for full-text search.

Written by the ADBC driver: SQLite takes the columns of Arrow as they are, in a third of the time of
``executemany``, and its version is that of requirements.lock, not the machine's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.publish.sheets import Sheet, Version
from observatoire.schema import ForeignKey

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Cursor

NAME = "registre.sqlite"
ABOUT = {NAME: "Toutes les tables dans une base SQLite, avec recherche par nom"}

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
SEARCHED = {"organisations": "siren", "plateformes": "id"}
"""The tables whose names can be searched, with the key that the search gives."""
SETTINGS = (
    "page_size = 8192",
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
)
"""Nothing to protect: the file is new, ours alone, and what is not whole is thrown away."""
CHANGES = slice(24, 28)
VERSIONS = slice(92, 100)
"""In the header: how many times the file changed, the writing library's number and the change that
it stands for; informative (https://www.sqlite.org/fileformat2.html#the_database_header)."""


def assets(version: Version) -> Mapping[str, bytes]:
    """One file."""
    from adbc_driver_sqlite import dbapi

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        with dbapi.connect(str(path), autocommit=True) as base, base.cursor() as cursor:
            for setting in SETTINGS:
                _do(cursor, f"PRAGMA {setting}")
            for sheet in ordered(version.sheets):
                _do(cursor, _creation(sheet))
                # The driver writes dates as text, booleans as 0 and 1.
                data = sheet.data.select(list(sheet.schema.columns))
                cursor.adbc_ingest(sheet.name, data, mode="append")
            _index(cursor, {sheet.name for sheet in version.sheets})
        _blank(path)
        return {NAME: path.read_bytes()}


def _blank(path: Path) -> None:
    """Erase from the header what depends on the machine; in the file, for it may be large."""
    with path.open("r+b") as base:
        for place in (CHANGES, VERSIONS):
            base.seek(place.start)
            base.write(bytes(place.stop - place.start))


def ordered(sheets: tuple[Sheet, ...]) -> list[Sheet]:
    """The tables, each after those that its keys point to."""
    left, out = {s.name: s for s in sheets}, list[Sheet]()
    while left:
        ready = [s for s in left.values() if not {k.resource for k in _keys(s)} & left.keys()]
        # A circle of keys cannot come from our schemas; it would be written as it stands.
        for sheet in ready or list(left.values()):
            out.append(left.pop(sheet.name))
    return out


def _keys(sheet: Sheet) -> Iterator[ForeignKey]:
    """The foreign keys to other tables; a table's own are named "" in a schema."""
    for key in sheet.schema.foreign_keys:
        if key.resource and key.resource != sheet.name:
            yield key


def _do(cursor: Cursor, sentence: str) -> None:
    cursor.execute(sentence)
    cursor.fetchall()


def _creation(sheet: Sheet) -> str:
    schema = sheet.schema
    lines = [
        f"{_quoted(f.name)} {TYPES.get(f.type, 'TEXT')}{' NOT NULL' if f.required else ''}"
        for f in schema.fields
    ]
    if schema.primary_key:
        lines.append(f"PRIMARY KEY ({_listed(schema.primary_key)})")
    lines += [
        f"FOREIGN KEY ({_listed(k.fields)})"
        f" REFERENCES {_quoted(k.resource)} ({_listed(k.reference)})"
        for k in _keys(sheet)
    ]
    return f"CREATE TABLE {_quoted(schema.name)} ({', '.join(lines)})"


def _index(cursor: Cursor, names: set[str]) -> None:
    """``SELECT * FROM recherche WHERE nom MATCH 'rennes'``; accents do not count.

    The sizes of names are not kept: a ranking works them out, on the few names that it ranks.
    """
    _do(
        cursor,
        'CREATE VIRTUAL TABLE recherche USING fts5(nom, "table" UNINDEXED, cle UNINDEXED,'
        " columnsize = 0, tokenize = 'unicode61 remove_diacritics 2')",
    )
    for table, key in SEARCHED.items():
        if table in names:
            _do(
                cursor,
                f"INSERT INTO recherche SELECT nom, '{table}', {key} FROM {table} ORDER BY {key}",  # noqa: S608
            )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
