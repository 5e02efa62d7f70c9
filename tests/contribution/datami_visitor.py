"""A visitor of Datami: opens a file, changes cells, adds rows; the page saves the whole file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from observatoire.model import Key
from observatoire.publish.datami import roundtrip
from observatoire.schema import Field, Schema
from observatoire.table import Table, canonical, serialize

UNTOUCHED = "null"
"""What Datami writes in the cells of a new row that nobody filled (datami.md, 8.7)."""

ORGANISATIONS = Schema(
    name="organisations",
    title="Organisations",
    description="",
    fields=(
        Field("siren", title="SIREN", required=True),
        Field("nom", title="Nom", required=True),
        Field("departement", title="Département", pattern="[0-9]{2}|2[AB]|97[0-9]"),
        Field("latitude", "number", title="Latitude"),
        Field("nb_jeux", "integer", title="Nombre de jeux"),
        Field("thematiques", title="Thématiques", separator="|"),
        Field("statut", title="Statut"),
    ),
    primary_key=("siren",),
)
FILE = "data/organisations.csv"


def table(*lines: str) -> Table:
    """A table of organisations from its lines, cells separated by a semicolon."""
    return Table(ORGANISATIONS.columns, [tuple(line.split(";")) for line in lines])


def content(source: Table) -> bytes:
    """The canonical file of a table."""
    return serialize(canonical(source, ORGANISATIONS))


def save(
    opened: bytes,
    edits: Mapping[tuple[Key, str], str] | None = None,
    added: Sequence[Mapping[str, str]] = (),
    *,
    schema: Schema = ORGANISATIONS,
    separator: str = ",",
) -> bytes:
    """The file that Datami sends back: every cell read and rewritten, edits made, new rows last."""
    types = {f.name: f.type for f in schema.fields}
    text = opened.decode()
    columns = text.partition("\n")[0].strip().split(separator)
    records = roundtrip.read(text, separator, types)
    for record in records:
        key = tuple(record.get(n, "") for n in schema.primary_key)
        record |= {f: v for (k, f), v in (edits or {}).items() if k == key}
    records += [{c: row.get(c, UNTOUCHED) for c in columns} for row in added]
    lines = [columns, *([_cell(r.get(c), separator) for c in columns] for r in records)]
    return "".join(f"{separator.join(line)}\n" for line in lines).encode()


def _cell(value: str | None, separator: str) -> str:
    if value is None:
        return roundtrip.UNDEFINED
    around = '"' if separator in value else ""
    return around + value.replace('"', '""') + around
