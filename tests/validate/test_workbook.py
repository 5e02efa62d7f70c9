"""A workbook gives the table that it shows; a hostile or damaged one is refused in a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import specimen
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import cli
from observatoire.files import write
from observatoire.model import Malformed
from observatoire.validate.formatting import workbook

Value = str | int | float | bool | date | None


def saved(*rows: list[Value]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_are_given_as_text_with_days_and_plain_numbers() -> None:
    data = saved(
        ["siren", "latitude", "jour", "vrai", "vide", "fin"],
        [243500139, 48.1147, date(2026, 11, 23), True, None, "é"],
        ["01", -1.0, datetime(2026, 11, 23, 8, 30), False, None, "x"],
    )
    assert workbook.grid(data, "t.xlsx") == [
        ["siren", "latitude", "jour", "vrai", "vide", "fin"],
        ["243500139", "48.1147", "2026-11-23", "oui", "", "é"],
        ["01", "-1", "2026-11-23", "non", "", "x"],
    ]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs")), max_size=6).filter(
                lambda t: not t.startswith("=")  # a formula, without a value until it is run
            )
            | st.integers(-(10**9), 10**9)
            | st.dates(date(1901, 1, 1)),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_what_was_saved_comes_back(rows: list[list[Value]]) -> None:
    def shown(value: Value) -> str:
        return value.isoformat() if isinstance(value, date) else str(value)

    kept = [[shown(v) for v in row] for row in rows]
    grid = workbook.grid(saved(*rows), "t.xlsx")
    assert [r + [""] * (len(k) - len(r)) for r, k in zip(grid, kept, strict=True)] == kept


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"x" * 50,
        packed(a=b"x"),
        packed(xl__workbook_xml=b"<a"),
        packed(xl__workbook_xml=BOMB),
        packed(xl__workbook_xml=b"<a/>"),
        saved(["a"])[:-200],
    ],
)
def test_a_damaged_or_hostile_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="ne peut pas être lu"):
        workbook.grid(data, "t.xlsx")


def test_a_part_that_is_too_big_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MAX_PART", 100)
    with pytest.raises(Malformed, match="ne peut pas être lu"):
        workbook.grid(saved(["a"]), "t.xlsx")


def test_the_command_writes_the_table_beside_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, specimen.files())
    book = tmp_path / "organisations.xlsx"
    rows: list[list[Value]] = [
        list(line.split(",")) for line in specimen.TABLES["organisations"].splitlines()
    ]
    for row in rows[1:]:
        row[0] = int(str(row[0]))
        row[3] = int(str(row[3]))
        row[5], row[6] = float(str(row[5])), float(str(row[6]))
    book.write_bytes(saved(rows[0], *reversed(rows[1:])))
    assert cli.main(["format", "--depot", str(tmp_path), str(book)]) == 0
    assert (tmp_path / "organisations.csv").read_text() == specimen.TABLES["organisations"]
    said = capsys.readouterr().out
    assert "classeur XLSX converti en CSV" in said
    assert "« 1 » devient « 01 »" in said
    assert "écrit dans" in said
