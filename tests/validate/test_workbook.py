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
from observatoire.validate.formatting.tidy import tidy

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


def book(**named: list[list[Value]]) -> bytes:
    made = openpyxl.Workbook()
    for name, rows in named.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def grid(data: bytes) -> list[list[str]]:
    return workbook.sheets(data, "t.xlsx")[0].rows


THEMES: list[list[Value]] = [["nom", "etiquettes", "statut"], ["Social", None, "actif"]]
OTHER: list[list[Value]] = [["nom", "etiquettes", "statut"], ["Culture", "musée", "actif"]]
SCHEMA = specimen.register().schema("thematiques")


def test_the_sheet_of_the_table_is_taken_wherever_it_stands_and_the_others_are_named() -> None:
    data = book(Lisez_moi=[["Mode d'emploi"]], Themes=[[], [None, *THEMES[0]], [None, *THEMES[1]]])
    done = tidy(data, "t.xlsx", SCHEMA)
    assert done.content.decode() == "nom,etiquettes,statut\nSocial,,actif\n"
    assert done.changes == (
        "classeur converti en CSV",
        "seule la feuille « Themes » est reprise, pas « Lisez_moi »",
        "colonnes vides supprimées",
    )


def test_a_table_cut_into_several_sheets_is_refused_rather_than_lost() -> None:
    with pytest.raises(Malformed, match="les feuilles « A » et « B » de ce classeur ont les mêmes"):
        tidy(book(A=THEMES, B=OTHER), "t.xlsx", SCHEMA)


def test_a_title_above_the_names_of_the_columns_is_to_be_removed() -> None:
    with pytest.raises(Malformed, match="ligne 2 : les noms des colonnes sont sur cette ligne"):
        tidy(book(A=[["Les thèmes"], *THEMES]), "t.xlsx", SCHEMA)
    with pytest.raises(Malformed, match="ligne 2 : les noms des colonnes sont sur cette ligne"):
        tidy(b"Les themes;;\nnom;etiquettes;statut\nSocial;;actif\n", "t.csv", SCHEMA)


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Feuille1"><table:table-row>
<table:table-cell office:value-type="string"><text:p>siren</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/>
<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
<table:table-row><table:table-cell office:value-type="float" office:value="48.5">
<text:p>48,5</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-11-23T08:00:00"/>
<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/><text:span>b</text:span>c
</text:p><text:p>d</text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"/>
<table:table-cell office:value-type="boolean" office:boolean-value="false"/></table:table-row>
<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_a_workbook_of_libreoffice_is_read_with_its_repeated_cells() -> None:
    assert grid(packed(content_xml=ODS.encode())) == [
        ["siren", "1", "1"],
        ["48.5", "2026-11-23", "a  bc\n\nd", "oui", "non"],
        [],
    ]


@pytest.mark.parametrize(
    "damage",
    [
        ("16000", "x"),
        (
            '1000000"><table:table-cell/>',
            '1000000"><table:table-cell'
            ' office:value-type="string"><text:p>x</text:p></table:table-cell>',
        ),
        ('repeated="2"', 'repeated="9999999"'),
    ],
)
def test_a_hostile_workbook_of_libreoffice_is_refused(damage: tuple[str, str]) -> None:
    with pytest.raises(Malformed, match="ne peut pas être lu"):
        grid(packed(content_xml=ODS.replace(*damage).encode()))


def test_a_day_beyond_all_calendars_and_elements_without_end_are_refused() -> None:
    deep = "<text:span>" * 3_000 + "</text:span>" * 3_000
    far = saved([date(2026, 11, 23)])
    with zipfile.ZipFile(io.BytesIO(far)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<v>46349</v>", b"<v>9999999999</v>")
    assert b"9999999999" in parts[sheet]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    for data in (
        packed(content_xml=ODS.replace("<text:p>siren", f"<text:p>{deep}siren", 1).encode()),
        out.getvalue(),
    ):
        with pytest.raises(Malformed, match="il est abîmé"):
            grid(data)


def test_a_csv_that_stands_beside_the_workbook_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, specimen.files())
    (tmp_path / "thematiques.xlsx").write_bytes(book(A=THEMES))
    (tmp_path / "thematiques.csv").write_text("à moi")
    path = str(tmp_path / "thematiques.xlsx")
    assert cli.main(["format", "--depot", str(tmp_path), path]) == 1
    assert (tmp_path / "thematiques.csv").read_text() == "à moi"
    assert "existe déjà" in capsys.readouterr().err


def test_cells_are_given_as_text_with_days_and_plain_numbers() -> None:
    data = saved(
        ["siren", "latitude", "jour", "vrai", "vide", "fin"],
        [243500139, 48.1147, date(2026, 11, 23), True, None, "é"],
        ["01", -1.0, datetime(2026, 11, 23, 8, 30), False, None, "x"],
    )
    assert grid(data) == [
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
    read = grid(saved(*rows))
    assert [r + [""] * (len(k) - len(r)) for r, k in zip(read, kept, strict=True)] == kept


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
        grid(data)


def test_a_part_that_is_too_big_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbook, "MAX_PART", 100)
    with pytest.raises(Malformed, match="ne peut pas être lu"):
        grid(saved(["a"]))


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
    assert "classeur converti en CSV" in said
    assert "« 1 » devient « 01 »" in said
    assert "écrit dans" in said
