"""The register as one SQLite file: keys, foreign keys, an index on names for full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from observatoire.publish.sheets import Sheet, Version
from observatoire.schema import ForeignKey

NAME = "registre.sqlite"
ABOUT = {NAME: "Toutes les tables dans une base SQLite, avec recherche par nom"}

TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
SEARCHED = {"organisations": "siren", "plateformes": "id"}
"""The tables whose names can be searched, with the key that the search gives."""
VERSIONS = slice(92, 100)
"""In the header: the writing library's number and the change that it stands for; informative
(https://www.sqlite.org/fileformat2.html#the_database_header)."""


def assets(version: Version) -> Mapping[str, bytes]:
    """One file."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.execute("PRAGMA page_size = 4096")
        base.execute("BEGIN")
        for sheet in ordered(version.sheets):
            _fill(base, sheet)
        _index(base, {sheet.name for sheet in version.sheets})
        base.execute("COMMIT")
        base.execute("VACUUM")
        content = bytearray(base.serialize())
    content[VERSIONS] = bytes(VERSIONS.stop - VERSIONS.start)
    return {NAME: bytes(content)}


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


def _fill(base: sqlite3.Connection, sheet: Sheet) -> None:
    base.execute(_creation(sheet))
    columns = [column.to_pylist() for column in _plain(sheet)]
    marks = ", ".join("?" * len(columns))
    base.executemany(f"INSERT INTO {_quoted(sheet.name)} VALUES ({marks})", zip(*columns))  # noqa: S608, B905


def _plain(sheet: Sheet) -> Iterator[Any]:
    """The columns in the types that SQLite has: dates as text, booleans as 0 and 1."""
    for field in sheet.schema.fields:
        column = sheet.data[field.name]
        kind = {"date": "string", "boolean": "int8"}.get(field.type)
        yield column.cast(kind) if kind else column


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


def _index(base: sqlite3.Connection, names: set[str]) -> None:
    """``SELECT * FROM recherche WHERE nom MATCH 'rennes'``; accents do not count."""
    base.execute(
        'CREATE VIRTUAL TABLE recherche USING fts5(nom, "table" UNINDEXED, cle UNINDEXED,'
        " tokenize = 'unicode61 remove_diacritics 2')"
    )
    for table, key in SEARCHED.items():
        if table in names:
            base.execute(
                f"INSERT INTO recherche SELECT nom, '{table}', {key} FROM {table} ORDER BY {key}"  # noqa: S608
            )


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, names))


def _quoted(name: str) -> str:
    return f'"{name}"'
