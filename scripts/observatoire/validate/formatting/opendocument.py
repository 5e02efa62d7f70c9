"""The cells of the sheets of an ODS workbook (LibreOffice), as text.

Format: OpenDocument 1.3, part 3, chapters 9 (tables) and 19 (attributes). Styles, formulas and
comments are left; a formula gives its last value.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from observatoire.validate.formatting.sheets import MAX_COLUMNS, Sheet, plain

MAX_REPEATED = 10_000
"""Rows: one that is repeated more often only fills the sheet."""

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NUMBERS = frozenset(("float", "percentage", "currency"))
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}


def sheets(content: ElementTree.Element) -> Iterator[Sheet]:
    """The sheets of the part « content.xml »; raises ValueError when one is out of measure."""
    for table in content.iter(f"{_TABLE}table"):
        yield Sheet(table.get(f"{_TABLE}name", ""), list(_rows(table)))


def _rows(table: ElementTree.Element) -> Iterator[list[str]]:
    for row in table.iter(f"{_TABLE}table-row"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                text = _shown(cell)
                times = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                if text and len(cells) + times > MAX_COLUMNS:
                    raise ValueError("a cell out of place")
                cells += [text] * min(times, MAX_COLUMNS)
        while cells and not cells[-1]:
            cells.pop()
        again = int(row.get(f"{_TABLE}number-rows-repeated", "1"))
        if cells and again > MAX_REPEATED:
            raise ValueError("a row repeated without end")
        yield from ([*cells] for _ in range(again if cells else 1))


def _shown(cell: ElementTree.Element) -> str:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind in _NUMBERS:
        return plain(float(cell.get(f"{_OFFICE}value", "0")))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value", "")[: len("2026-11-23")]
    if kind == "boolean":
        return "oui" if cell.get(f"{_OFFICE}boolean-value") == "true" else "non"
    return "\n".join(_words(p) for p in cell.findall(f"{_TEXT}p"))


def _words(element: ElementTree.Element) -> str:
    """The text of a paragraph and of what is in it; several blanks have an element of their own."""
    blank = _BLANKS.get(element.tag, "") * min(int(element.get(f"{_TEXT}c", "1")), MAX_COLUMNS)
    inside = "".join(f"{_words(child)}{child.tail or ''}" for child in element)
    return f"{blank}{element.text or ''}{inside}"
