"""The canonical file of a table, with the list of what was changed; `tidy` is idempotent."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from observatoire.cells import speller
from observatoire.model import Malformed
from observatoire.register import Register, kind_of, path_of
from observatoire.schema import Schema
from observatoire.table import Table, canonical, line, serialize
from observatoire.validate.blocks import Block
from observatoire.validate.formatting.reading import Notes, read, unknown_table
from observatoire.validate.formatting.repairs import repair
from observatoire.validate.survey import survey
from observatoire.validate.watch import Distinct, InOrder
from observatoire.validate.words import quote

END = date(2099, 12, 31)
"""The form of a date does not depend on the day of the reading."""
SUSPECTS = 1_000
"""Lines out of the grammar; with more, to read the whole file with care is as fast."""


@dataclass(frozen=True)
class Tidied:
    """The canonical bytes, and one French sentence by kind of change (none: nothing to do)."""

    content: bytes
    changes: tuple[str, ...]


def tidy(data: bytes, file: str, schema: Schema) -> Tidied:
    """Bring a file to the canonical form by safe repairs only; raises Malformed."""
    if canonical_already(data, schema):
        return Tidied(data, ())
    notes = Notes()
    table = read(data, file, schema, notes)
    table = _repaired(table, schema, notes)
    ordered = canonical(table, schema)
    if ordered.rows != table.rows:
        notes.add("lignes rangées dans l'ordre de leur clé")
    content = serialize(ordered)
    if content == data:
        return Tidied(content, ())
    return Tidied(content, tuple(notes.sentences()) or ("guillemets inutiles enlevés",))


def canonical_already(data: bytes, schema: Schema) -> bool:
    """Whether a file surely needs nothing: keys and values are sorted, each line fits the grammar.

    The few lines that do not fit it are set beside their own canonical form. The quick answer for
    the usual file; « no » only means that it must be read with care.
    """
    if not schema.primary_key:
        return False
    order = InOrder(schema.primary_key)
    multiple = {Distinct(f.name): speller(f) for f in schema.fields if f.separator}
    read = survey(io.BytesIO(data), schema, END, (order, *multiple))
    if read is None or len(read.suspects) > SUSPECTS:
        return False
    seen = read.seen
    if not seen[order] or not _settled(data, read.suspects, schema):
        return False
    return all(spell(c) == c for d, spell in multiple.items() for c in seen[d].all())


def _settled(data: bytes, rows: list[int], schema: Schema) -> bool:
    """Whether nothing would be changed in some lines of a plain file."""
    if not rows:
        return True
    lines = data.split(b"\n")
    chosen = [lines[row + 1] for row in rows]
    columns = Block(0, b"\n".join([*chosen, b""]), len(schema.columns)).columns
    for field, cells in zip(schema.fields, columns, strict=True):
        spell, fix = speller(field), repair(field)
        if any(fix(cell) is not None or spell(cell) != cell for cell in cells):
            return False
    written = zip(chosen, zip(*columns, strict=True), strict=True)
    return all(line(cells).encode() == text for text, cells in written)


def _repaired(table: Table, schema: Schema, notes: Notes) -> Table:
    columns = []
    for field in schema.fields:
        column = table.column(field.name)
        fix = repair(field)
        changed = {c: done for c in set(column) if (done := fix(c)) is not None}
        for row, cell in enumerate(column):
            done = changed.get(cell)
            if done:
                place = f"ligne {row + 2}, {field.name}"
                notes.add(done.words, f"{place}, {quote(cell)} devient {quote(done.cell)}")
        columns.append([changed[c].cell if c in changed else c for c in column])
    return Table(table.columns, list(zip(*columns, strict=True)))


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
