"""The formats to download: each opened by a reader that is not ours."""

from __future__ import annotations

import datetime
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_register import edited, files

from observatoire import schema
from observatoire.files import Memory
from observatoire.publish import archive, assets, sheets
from observatoire.publish.assemble import assemble
from observatoire.publish.draft import Draft
from observatoire.publish.exports import parquet

PROJECT = "https://gitlab.com/groupe/observatoire"


def version(**changed: str) -> Memory:
    """The files of a version of the small register."""
    out = files(**changed)
    out.update(assemble(Draft(out, "v1.2.0", "2026-11-23", PROJECT), {"CHANGEMENTS.md": b"# Un\n"}))
    return out


def build(content: Memory) -> dict[str, bytes]:
    return assets.build(content, "v1.2.0", "2026-11-23")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return build(version())


def opened(content: bytes) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.deserialize(content)
    base.execute("PRAGMA foreign_keys = ON")
    return base


def test_every_file_is_described_and_nothing_else(made: dict[str, bytes]) -> None:
    assert set(made) == set(assets.about())


def test_the_workbook_has_a_typed_sheet_per_table(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["registre.xlsx"]))
    rows = list(book["publications"].iter_rows(values_only=True))
    line = dict(zip(rows[0], rows[2], strict=True))

    assert {"lisez-moi", "organisations", "indicateurs", "vue-datami"} <= set(book.sheetnames)
    assert line["siren"] == "213502388"
    assert line["nb_jeux"] == 4
    assert line["derniere_mise_a_jour"] == datetime.datetime(2022, 10, 3)
    assert line["nb_reutilisations"] is None


def test_every_sheet_has_a_frozen_header_filters_and_room_to_read(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["registre.xlsx"]))

    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
    assert book["organisations"].column_dimensions["B"].width > 20


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    content = version(**edited("organisations", "Rennes,COM", "=1+1,COM"))
    book = openpyxl.load_workbook(io.BytesIO(build(content)["registre.xlsx"]))
    cell = next(c for row in book["organisations"] for c in row if c.value == "=1+1")

    assert cell.data_type in {"s", "inlineStr"}


def test_the_workbook_says_what_columns_mean(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["registre.xlsx"]))
    rows = list(book["lisez-moi"].iter_rows(values_only=True))

    assert rows[1][:2] == (None, None)
    assert rows[1][3] == "Version v1.2.0 du 23 novembre 2026."
    assert any(r[:2] == ("organisations", "siren") and r[3] for r in rows)


def test_duckdb_reads_the_parquet_with_its_types(made: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("publications", "vue-datami"):
        (tmp_path / f"{name}.parquet").write_bytes(made[f"{name}.parquet"])
    base = duckdb.connect()
    found = (
        base.read_parquet(str(tmp_path / "publications.parquet"))
        .aggregate("siren, sum(nb_jeux), max(derniere_mise_a_jour)")
        .order("siren")
        .fetchall()
    )
    kinds = base.read_parquet(str(tmp_path / "vue-datami.parquet")).select("boolean", "lat").types

    assert found[1] == ("213502388", 34, datetime.date(2022, 10, 3))
    assert [str(k) for k in kinds] == ["BOOLEAN", "DOUBLE"]


def test_the_database_keeps_keys_and_foreign_keys(made: dict[str, bytes]) -> None:
    with closing(opened(made["registre.sqlite"])) as base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            base.execute(
                "INSERT INTO publications (siren, plateforme, identifiant, origine, statut)"
                " VALUES ('999999999', 'rennes-metropole', 'x', 'manuel', 'publie')"
            )
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            base.execute(
                "INSERT INTO organisations SELECT * FROM organisations WHERE siren = '213502388'"
            )


def test_days_and_truths_are_told_in_the_types_of_the_database(made: dict[str, bytes]) -> None:
    with closing(opened(made["registre.sqlite"])) as base:
        days = base.execute(
            "SELECT derniere_mise_a_jour, typeof(derniere_mise_a_jour) FROM publications"
            " WHERE derniere_mise_a_jour > '2022-11'"
        ).fetchall()
        truths = base.execute('SELECT DISTINCT "boolean" FROM "vue-datami"').fetchall()

    assert days == [("2022-11-20", "text")]
    assert {value for (value,) in truths} <= {0, 1}


def test_names_are_searched_without_accents_nor_case(made: dict[str, bytes]) -> None:
    with closing(opened(made["registre.sqlite"])) as base:
        found = base.execute(
            "SELECT cle FROM recherche WHERE recherche MATCH 'metropole' ORDER BY cle"
        ).fetchall()

    assert found == [("243500139",), ("rennes-metropole",)]


def test_the_database_names_no_version_of_the_library(made: dict[str, bytes]) -> None:
    assert made["registre.sqlite"][92:100] == bytes(8)


def points(made: dict[str, bytes]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made["organisations.geojson"])
    return found


def test_the_map_follows_rfc_7946(made: dict[str, bytes]) -> None:
    found = points(made)
    west, south, east, north = found["bbox"]

    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    for feature in found["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["geometry"]["type"] == "Point"
        assert west <= lon <= east
        assert south <= lat <= north


def test_a_point_carries_the_view_of_its_organisation_typed(made: dict[str, bytes]) -> None:
    rennes = next(f for f in points(made)["features"] if f["id"] == "213502388")

    assert rennes["geometry"]["coordinates"] == [-1.6794, 48.1147]
    assert rennes["properties"]["nb_ptf"] == 30
    assert rennes["properties"]["boolean"] is True
    assert rennes["properties"]["dep_label"] == "Ille-et-Vilaine"


def test_what_is_not_known_of_a_point_is_null(made: dict[str, bytes]) -> None:
    cells = [v for f in points(made)["features"] for v in f["properties"].values()]

    assert None in cells
    assert "" not in cells


def test_an_organisation_without_a_place_is_left_out_of_the_map(made: dict[str, bytes]) -> None:
    assert "219300597" not in {f["id"] for f in points(made)["features"]}


def test_a_register_without_any_place_has_an_empty_map() -> None:
    bare = edited("organisations", "", "")["organisations"]
    for place in ("46.1517,4.9306", "48.1147,-1.6794"):
        bare = bare.replace(place, ",")
    found = points(build(version(organisations=bare)))

    assert found["features"] == []
    assert "bbox" not in found


def test_the_moment_of_the_run_is_in_no_format(
    made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Noumea")
    with zipfile.ZipFile(io.BytesIO(made["registre.xlsx"])) as parts:
        core = parts.read("docProps/core.xml").decode()
        dates = {entry.date_time for entry in parts.infolist()}

    assert core.count("2026-11-23T00:00:00Z") == 2
    assert dates == {(2026, 11, 23, 0, 0, 0)}
    assert build(version()) == made


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=12).map(
    lambda cell: cell.replace('"', "")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXT, st.none() | st.integers(-(2**53), 2**53)), max_size=20))
def test_what_the_table_says_the_typed_columns_say(rows: list[tuple[str, int | None]]) -> None:
    described = schema.parse(
        "essai",
        json.dumps({"fields": [{"name": "n"}, {"name": "v", "type": "integer"}, {"name": "z"}]}),
    )
    lines = [f'"{n}",{"" if v is None else v},z' for n, v in rows]
    table = sheets.read("\n".join(["n,v,z", *lines, ""]).encode(), described)

    assert table.to_pylist() == [{"n": n or None, "v": v, "z": "z"} for n, v in rows]
    assert parquet.written(sheets.Sheet(described, table))[:4] == b"PAR1"


NAMES = st.text(st.sampled_from("abcdé/."), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=6), st.binary(max_size=50))
def test_an_archive_dated_again_holds_the_same_files(
    contents: dict[str, bytes], other: bytes
) -> None:
    contents = {"un": b"1", **contents}
    moved = archive.dated(archive.zipped(contents, "2020-02-03"), "2026-11-23", {"un": other})
    with zipfile.ZipFile(io.BytesIO(moved)) as found:
        assert found.testzip() is None
        assert {n: found.read(n) for n in found.namelist()} == contents | {"un": other}
        assert {e.date_time[:3] for e in found.infolist()} == {(2026, 11, 23)}
