"""The parts of a workbook as Excel writes them: texts cited by number, days since 1904."""

from __future__ import annotations

import io
import zipfile

import pytest

from observatoire.model import Malformed
from observatoire.validate.formatting import workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHARED = (
    f'<sst xmlns="{MAIN}"><si><t>siren</t></si><si><r><t>Rennes </t></r><r><t>Métropole</t></r>'
    "<rPh><t>renne</t></rPh></si></sst>"
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="170" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="171" formatCode="0.00 &quot;dm&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs>'
    "</styleSheet>"
)


def saved(cells: str, settings: str = "") -> bytes:
    """A workbook of one row."""
    parts = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{settings}<sheets>'
        '<sheet name="A" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1"'
        ' Target="worksheets/a.xml"/></Relationships>',
        "xl/sharedStrings.xml": SHARED,
        "xl/styles.xml": STYLES,
        "xl/worksheets/a.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row>{cells}</row>'
        "</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>', ["siren", "Rennes Métropole"]),
        ("<c><v>1.50</v></c><c><v>2</v></c>", ["1.5", "2"]),
        ('<c r="B1"><v>1</v></c><c r="AA1"><v>2</v></c>', ["", "1", *[""] * 24, "2"]),
        ('<c t="b"><v>1</v></c><c t="b"><v>0</v></c>', ["oui", "non"]),
        ('<c t="e"><v>#N/A</v></c><c/>', ["#N/A", ""]),
        ('<c s="1"><v>1.9</v></c><c s="2"><v>2</v></c>', ["1899-12-31", "1900-01-01"]),
        ('<c s="0"><v>2</v></c><c s="3"><v>2</v></c>', ["2", "2"]),
    ],
)
def test_each_kind_of_cell_is_read_as_it_shows(cells: str, row: list[str]) -> None:
    (sheet,) = workbook.sheets(saved(cells), "t.xlsx")
    assert sheet.rows == [row]


@pytest.mark.parametrize(
    ("said", "day"), [("1", "1904-01-03"), ("true", "1904-01-03"), ("0", "1900-01-01")]
)
def test_days_are_counted_from_the_year_that_the_workbook_says(said: str, day: str) -> None:
    data = saved('<c s="1"><v>2</v></c>', f'<workbookPr date1904="{said}"/>')
    assert workbook.sheets(data, "t.xlsx")[0].rows == [[day]]


@pytest.mark.parametrize(
    "cells",
    [
        '<c r="B1"><v>1</v></c><c r="A1"><v>2</v></c>',
        '<c r="ZZZZ1"><v>1</v></c>',
        '<c t="s"><v>9</v></c>',
    ],
)
def test_cells_out_of_place_are_refused(cells: str) -> None:
    with pytest.raises(Malformed, match="ne peut pas être lu"):
        workbook.sheets(saved(cells), "t.xlsx")
