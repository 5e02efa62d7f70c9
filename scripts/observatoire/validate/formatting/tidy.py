"""The canonical file of a table, with the list of what was changed; `tidy` is idempotent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from observatoire.model import Malformed
from observatoire.register import Register, kind_of, path_of
from observatoire.schema import Schema
from observatoire.table import Table, canonical, serialize
from observatoire.validate.formatting import plainly
from observatoire.validate.formatting.reading import Notes, read, unknown_table
from observatoire.validate.formatting.repairs import repair_all


@dataclass(frozen=True)
class Tidied:
    """The canonical bytes, and one French sentence by kind of change (none: nothing to do)."""

    content: bytes
    changes: tuple[str, ...]


def tidy(data: bytes, file: str, schema: Schema) -> Tidied:
    """Bring a file to the canonical form by safe repairs only; raises Malformed."""
    notes = Notes()
    content = plainly.tidied(data, schema, notes)
    if content is None:
        notes = Notes()
        content = _carefully(data, file, schema, notes)
    if content == data:
        return Tidied(content, ())
    return Tidied(content, tuple(notes.sentences()) or ("guillemets inutiles enlevés",))


def _carefully(data: bytes, file: str, schema: Schema, notes: Notes) -> bytes:
    found = read(data, file, schema, notes)
    table = repair_all(found.table, schema, notes, found.numbers)
    filled = [row for row in table.rows if any(row)]
    if len(filled) < len(table):
        notes.add("lignes vides supprimées")
        table = Table(table.columns, filled)
    ordered = canonical(table, schema)
    if ordered.rows != table.rows:
        notes.add(plainly.SORTED)
    return serialize(ordered)


def recognise(register: Register, file: str, data: bytes) -> Schema:
    """The schema of a file that is outside the register: by its name, else by its columns."""
    names = [n for n in register.names() if "/" not in n]
    stem = file.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    named = [n for n in names if stem == n or stem.startswith((f"{n}-", f"{n}_", f"{n} "))]
    for name in (*named, *names):
        schema = register.schema(name)
        try:
            read(data, file, schema, Notes())
        except Malformed as problem:
            if name in named or problem.findings[0].code != "colonnes":
                raise
            continue
        return schema
    raise unknown_table(file, names)


def paths(register: Register) -> Iterable[str]:
    """The files of all the tables that a schema describes."""
    for name in register.names():
        if register.files.read(f"schemas/{kind_of(name)}.json") is not None:
            yield path_of(name)
