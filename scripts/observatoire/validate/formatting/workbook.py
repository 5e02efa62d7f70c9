"""The cells of the sheets of a workbook (XLSX, ODS), as text; only the standard library is needed.

Format: ECMA-376 (Office Open XML), parts 1 (SpreadsheetML) and 2 (packages). What is not a cell
(styles, formulas, comments) is left; a formula gives its last value. A workbook comes from outside:
its size is bounded before it is unpacked, and a document type (which can expand without end) is
refused.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree import ElementTree

from observatoire.model import Finding, Malformed
from observatoire.validate.formatting import opendocument
from observatoire.validate.formatting.sheets import MAX_COLUMNS, Sheet, plain

SIGNATURE = b"PK\x03\x04"
MAX_PART = 200_000_000
"""Bytes of one part, unpacked: ten times the greatest table foreseen."""
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
DATE_FORMATS = frozenset((*range(14, 18), 22))
"""The built-in formats of a day (ECMA-376, part 1, 18.8.30)."""

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, LookupError, ValueError),
    *(OverflowError, RecursionError),
)
"""What a broken package, a day beyond all calendars or elements without end give."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


def sheets(data: bytes, file: str) -> list[Sheet]:
    """The sheets, in their order; raises Malformed when it is no workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "content.xml" in package.namelist():
                return list(opendocument.sheets(_part(package, "content.xml")))
            return list(_sheets(package))
    except DAMAGE as why:
        raise _refused(file) from why
    except (NotImplementedError, RuntimeError) as why:
        raise _refused(file, "il est protégé par un mot de passe") from why


def _sheets(package: zipfile.ZipFile) -> Iterator[Sheet]:
    workbook = _part(package, "xl/workbook.xml")
    settings = workbook.find(f"{_MAIN}workbookPr")
    late = settings is not None and settings.get("date1904") in ("1", "true")
    shared = _shared(package)
    days = _date_styles(package)
    epoch = EPOCH_1904 if late else EPOCH
    links = {
        r.get("Id"): r.get("Target", "")
        for r in _part(package, "xl/_rels/workbook.xml.rels").iter(_RELATION)
    }
    for sheet in workbook.iter(f"{_MAIN}sheet"):
        part = posixpath.normpath(posixpath.join("/xl", links[sheet.get(_LINK)])).lstrip("/")
        if part.startswith("xl/worksheets/"):  # others hold a chart alone
            rows = list(_rows(_part(package, part), shared, days, epoch))
            yield Sheet(sheet.get("name", ""), rows)


def _rows(
    part: ElementTree.Element, shared: list[str], days: frozenset[str], epoch: date
) -> Iterator[list[str]]:
    for row in part.iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            at = _column(cell.get("r", ""), len(cells))
            cells += [""] * (at - len(cells))
            day = cell.get("s", "0") in days
            cells.append(_text(cell, shared, epoch if day else None))
        yield cells


def _part(package: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if package.getinfo(name).file_size > MAX_PART:
        raise ValueError("too big")
    data = package.read(name)
    if b"<!DOCTYPE" in data[:2_000]:
        raise ValueError("a document type")
    return ElementTree.fromstring(data)  # noqa: S314 - no document type, bounded size


def _shared(package: zipfile.ZipFile) -> list[str]:
    """The texts that cells cite by number."""
    name = "xl/sharedStrings.xml"
    if name not in package.namelist():
        return []
    return [_joined(item) for item in _part(package, name).iter(f"{_MAIN}si")]


def _joined(item: ElementTree.Element) -> str:
    """The text of all the runs, without phonetic helps."""
    aside = {t for p in item.iter(f"{_MAIN}rPh") for t in p.iter(f"{_MAIN}t")}
    return "".join(t.text or "" for t in item.iter(f"{_MAIN}t") if t not in aside)


def _date_styles(package: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the cell styles that show a day."""
    name = "xl/styles.xml"
    if name not in package.namelist():
        return frozenset()
    styles = _part(package, name)
    own = {
        f.get("numFmtId"): _LITERAL.sub("", f.get("formatCode", "")).lower()
        for f in styles.iter(f"{_MAIN}numFmt")
    }
    formats = styles.find(f"{_MAIN}cellXfs")
    out = set()
    for number, style in enumerate(formats if formats is not None else ()):
        key = style.get("numFmtId", "0")
        code = own.get(key, "")
        if ("d" in code and "m" in code) or (key.isdigit() and int(key) in DATE_FORMATS):
            out.add(str(number))
    return frozenset(out)


def _column(reference: str, following: int) -> int:
    """The place of a cell such as « AB12 », from 0."""
    letters = reference.rstrip("0123456789")
    if not letters:
        return following
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    if not following < at <= MAX_COLUMNS:
        raise ValueError("a cell out of place")
    return at - 1


def _text(cell: ElementTree.Element, shared: list[str], epoch: date | None) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _joined(cell)
    value = cell.findtext(f"{_MAIN}v", "")
    if kind == "s":
        return shared[int(value)]
    if kind == "b":
        return "oui" if value == "1" else "non"
    if kind != "n" or not value:
        return value
    number = float(value)
    if epoch is not None:
        return (epoch + timedelta(days=int(number))).isoformat()
    return plain(number)


def _refused(file: str, why: str = "il est abîmé") -> Malformed:
    return Malformed(
        Finding(
            "classeur",
            f"ce classeur ne peut pas être lu ({why}) : enregistrez le tableau au format « CSV"
            " UTF-8 ».",
            file=file,
        )
    )
