"""What a schema refuses and no check of ours explains: frictionless is asked, and cited.

It is asked about a table in two cases: a cell of a suspect line breaks a rule of its column and
nobody said so, or the schema has rules that our checks do not know. Otherwise it is not even
imported: that takes longer than all the checks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.schema import Field
from observatoire.validate.grammar import usual_uri
from observatoire.validate.model import Remark
from observatoire.validate.sheet import Sheet
from observatoire.words import quote

if TYPE_CHECKING:
    from observatoire.validate.context import Context

CODE = "regle-du-schema"
TITLE = "Autre règle du schéma"
TITLE_EN = "Other rule of the schema"
SEVERITY: Severity = "erreur"
LIMIT = 1_000
"""Errors that frictionless may give on a table; the report keeps no more."""

_TEXT = frozenset(("name", "title", "description", "example", "labels", "separator", "datami"))
_RULES = {
    "string": frozenset(("required", "unique", "pattern", "enum")),
    "integer": frozenset(("required", "unique", "minimum", "maximum")),
    "number": frozenset(("required", "unique", "minimum", "maximum")),
    "date": frozenset(("required", "unique")),
}
"""The constraints that our checks know, by type of column."""
_PLAIN = ("default",)
_FORMATS = {"string": ("default", "uri")}

Told = Mapping[str, set[tuple[int, str]]]
"""The cells that the checks found wrong: line and field, by file."""


def ask(context: Context, told: Told) -> Iterator[Finding]:
    """What frictionless says of the cells that are refused and not told yet."""
    for sheet in context.sheets():
        explained = told.get(sheet.path, set())
        if not known(sheet.schema.raw) or _unexplained(sheet, explained):
            yield from (
                f
                for f in _verdict(sheet, context.raw(sheet.name))
                if (f.line, f.field) not in explained
            )


def known(schema: Mapping[str, Any]) -> bool:
    """Whether our checks know every rule that a schema has for its cells."""
    if schema.get("missingValues", [""]) != [""] or schema.get("fieldsMatch", "exact") != "exact":
        return False
    return all(
        field.keys() - _TEXT <= {"type", "format", "constraints"}
        and field.get("format", "default") in _FORMATS.get(field.get("type", "string"), _PLAIN)
        and field.get("constraints", {}).keys() <= _RULES.get(field.get("type", "string"), set())
        and field.get("type", "string") in _RULES
        for field in schema["fields"]
    )


def _unexplained(sheet: Sheet, explained: set[tuple[int, str]]) -> bool:
    for field in sheet.schema.fields if sheet.suspects else ():
        cells, refused = sheet.suspected(field.name), _refused(field)
        wrong = set(filter(refused, {cell for _, cell in cells}))
        for row, cell in cells if wrong else ():
            if cell in wrong and (row + 2, field.name) not in explained:
                return True
    return False


def _refused(field: Field) -> Callable[[str], bool]:
    """Whether a column refuses a cell, told in one place apart from the checks that word it."""
    read = cells.reader(field.type)

    def refused(cell: str) -> bool:
        if not cell:
            return field.required
        if field.format == "uri":
            return not usual_uri(cell)  # frictionless alone can tell
        value = read(cell)
        if value is None or (field.enum and cell not in field.enum):
            return True
        if isinstance(value, str | date):
            return field.compiled is not None and not field.compiled.fullmatch(cell)
        if not isinstance(value, int) and value.is_nan():
            return field.minimum is not None or field.maximum is not None
        low, high = field.minimum, field.maximum
        return (low is not None and value < low) or (high is not None and value > high)

    return refused


def _verdict(sheet: Sheet, raw: bytes) -> Iterator[Finding]:
    from frictionless import Dialect, FrictionlessException, Schema
    from frictionless.errors import CellError
    from frictionless.formats import CsvControl
    from frictionless.resources import TableResource

    descriptor = json.loads(json.dumps(dict(sheet.schema.raw)))
    descriptor.pop("foreignKeys", None)
    try:
        schema = Schema.from_descriptor(descriptor)
    except FrictionlessException as refusal:
        yield _bad_schema(sheet, "; ".join(r.note for r in refusal.reasons) or refusal.error.note)
        return
    table = TableResource(
        data=raw,
        scheme="buffer",
        format="csv",
        encoding="utf-8",
        schema=schema,
        dialect=Dialect(controls=[CsvControl(delimiter=",", quote_char='"')]),
    )
    for task in table.validate(limit_errors=LIMIT).tasks:
        for error in task.errors:
            if isinstance(error, CellError) and error.row_number - 2 < len(sheet):
                said = _remark(error.cell, error.note)
                yield sheet.finding(CODE, error.row_number - 2, error.field_name, said)


def _bad_schema(sheet: Sheet, note: str) -> Finding:
    return Finding(
        CODE,
        f"frictionless refuse ce schéma : {quote(note)}. Corrigez-le, ou reprenez la version"
        " précédente du fichier.",
        file=f"schemas/{sheet.schema.name}.json",
        english=f"frictionless refuses this schema: {quote(note)}. Correct it, or take the previous"
        " version of the file again.",
    )


def _remark(cell: str, note: str) -> Remark:
    return Remark(
        f"{quote(cell)} n'est pas ce que le schéma demande ; frictionless dit : {quote(note)}.",
        f"{quote(cell)} is not what the schema asks for; frictionless says: {quote(note)}.",
    )
