"""The workbook: one sheet per table, typed, header frozen, filters, and what columns mean.

Written in Rust by rustpy-xlsxwriter; benchmarks/release.py says how much faster that is.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from observatoire import french
from observatoire.publish import archive
from observatoire.publish.sheets import Sheet, Version

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "registre.xlsx"
ABOUT = {NAME: "Toutes les tables dans un classeur (Excel, LibreOffice)"}
GUIDE = "lisez-moi"
CORE = "docProps/core.xml"
NARROW, WIDE = 8, 60
"""The least and the greatest width of a column, in characters."""

_MOMENT = re.compile(rb">[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z<")


def assets(version: Version) -> Mapping[str, bytes]:
    """One workbook."""
    sheets = [(GUIDE, _guide(version)), *((s.name, s.data) for s in version.sheets)]
    return {NAME: _fixed(_written(sheets), version.date)}


def _written(sheets: list[tuple[str, pa.Table]]) -> bytes:
    from rustpy_xlsxwriter import write_worksheets

    out = io.BytesIO()
    with warnings.catch_warnings():
        # A warning here is a mistake of ours, such as a width for a column that is not there.
        warnings.simplefilter("error")
        write_worksheets(
            sheets,
            out,
            freeze_panes={"general": {"row": 1, "col": 0}},
            autofilter={"general": True},
            bold_headers=True,
            datetime_format="yyyy-mm-dd",
            column_widths={name: _widths(data) for name, data in sheets},
        )
    return out.getvalue()


def _widths(data: pa.Table) -> dict[str, float]:
    from pyarrow import compute

    out = {}
    for name in data.column_names:
        longest = compute.max(compute.utf8_length(data[name].cast("string"))).as_py() or 0
        out[name] = float(min(max(longest, len(name) + 3, NARROW), WIDE))
    return out


def _guide(version: Version) -> pa.Table:
    """What the version is, then each column of each table in words."""
    import pyarrow as pa

    rows = [*_about(version), *(row for sheet in version.sheets for row in _columns(sheet))]
    names = ("table", "colonne", "titre", "description")
    return pa.table({n: [row[i] for row in rows] for i, n in enumerate(names)})


def _about(version: Version) -> Iterator[tuple[str, str, str, str]]:
    package = version.package
    licence: Mapping[str, str] = next(iter(package.get("licenses", ())), {})
    yield (
        "",
        "",
        str(package.get("title", "")),
        f"Version {version.tag} du {french.day(version.date)}.",
    )
    yield "", "", str(licence.get("title", "")), str(licence.get("path", ""))


def _columns(sheet: Sheet) -> Iterator[tuple[str, str, str, str]]:
    yield sheet.name, "", sheet.schema.title, sheet.schema.description
    for field in sheet.schema.fields:
        yield sheet.name, field.name, field.title, field.description


def _fixed(book: bytes, date: str) -> bytes:
    """The workbook without the moment at which it was written."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        core = parts.read(CORE)
    return archive.dated(book, date, {CORE: _MOMENT.sub(f">{date}T00:00:00Z<".encode(), core)})
