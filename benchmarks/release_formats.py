"""Each format beside its usual writers, on the flat view of 36,000 organisations.

Part of benchmarks/release.py (performance.md, section 5). All start from the same CSV and end with
the same table in the format. A writer that is not installed is left out.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from observatoire.files import Folder, Memory
from observatoire.publish import assemble, sheets
from observatoire.publish.draft import Draft
from observatoire.publish.exports import geojson, parquet, sqlite, xlsx
from observatoire.register import Register
from observatoire.schema import Schema
from observatoire.screen import Screen
from observatoire.table import from_records
from validate import scaled

ROWS = 36_000
REPEATS = 3
LONG = 5.0
"""Seconds from which once is enough."""

Work = Callable[[], object]
Rows = list[tuple[str, Work]]


def placed(folder: Path, rows: int) -> None:
    """The register of benchmarks/validate.py, whose organisations also have places."""
    scaled(folder, rows)
    path = folder / "data/organisations.csv"
    register = Register(Folder(folder))
    table = register.table("organisations")
    middles = dict(_middles(folder / "data/reference/contours/departements.geojson"))
    records = [_located(r, middles, i) for i, r in enumerate(table.records())]
    path.write_bytes(register.bytes_of("organisations", from_records(table.columns, records)))


def _middles(outlines: Path) -> Iterator[tuple[str, tuple[float, float]]]:
    """About the middle of each département: that of its longest outline."""
    for feature in json.loads(outlines.read_bytes())["features"]:
        shape = feature["geometry"]
        parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        ring = max((part[0] for part in parts), key=len)
        lon, lat = (statistics.fmean(axis) for axis in zip(*ring, strict=True))
        yield feature["properties"]["code"], (lat, lon)


def _located(
    row: dict[str, str], middles: dict[str, tuple[float, float]], number: int
) -> dict[str, str]:
    middle = middles.get(row["departement"])
    if middle is None:
        return row
    lat, lon = (f"{axis + number % 97 / 1000:.4f}" for axis in middle)
    return {**row, "latitude": lat, "longitude": lon}


def compare(project: str, screen: Screen) -> None:
    """Our writers beside the usual ones; medians, and how many times ours."""
    with tempfile.TemporaryDirectory() as name:
        placed(Path(name) / "registre", ROWS)
        files = Folder(Path(name) / "registre")
        found = {n: files.read(n) or b"" for t in ("data", "schemas") for n in files.names(t)}
        memory = Memory(found | {"datapackage.json": files.read("datapackage.json") or b""})
        draft = Draft(memory, "v1.0.0", "2026-11-23", project)
        described = draft.register.schema("vue-datami")
        content = assemble.assemble(draft, {})["publication/vue-datami.csv"]
        path = Path(name) / "vue.csv"
        path.write_bytes(content)
        screen.say(f"\nVue de {ROWS} organismes, {len(described.columns)} colonnes")
        for title, rows in _formats(path, content, described, draft).items():
            screen.say(f"  {title}")
            timed = [(label, _median(work)) for label, work in rows]
            for label, seconds in timed:
                screen.say(f"    {label:<44} {seconds:>7.2f} s   {seconds / timed[0][1]:>5.1f}x")


def _median(work: Work) -> float:
    found = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
        if found[0] > LONG:
            break
    return statistics.median(found)


def _formats(path: Path, content: bytes, described: Schema, draft: Draft) -> dict[str, Rows]:
    """By format: ours first, from the CSV to the bytes, as each of the others."""

    def ours() -> sheets.Sheet:
        return sheets.Sheet(described, sheets.read(content, described))

    def one(format: Any) -> Work:
        def work() -> object:
            fresh = sheets.Version(Memory(), "v1.0.0", "2026-11-23")
            fresh.__dict__.update(package={}, sheets=(ours(),))
            return format.assets(fresh)

        return work

    tables: dict[str, Rows] = {
        "XLSX": [
            ("le nôtre (typé, reproductible)", one(xlsx)),
            ("openpyxl write-only", _openpyxl(path)),
        ],
        "Parquet": [
            ("le nôtre", lambda: parquet.written(ours())),
            ("pyarrow seul", _arrow(path)),
        ],
        "SQLite": [
            ("le nôtre (clés, recherche)", one(sqlite)),
            ("executemany seul", _executemany(path)),
        ],
        "GeoJSON": [
            ("le nôtre (RFC 7946)", lambda: geojson.export(draft)),
            ("json.dumps", lambda: _json(draft)),
            ("orjson seul", lambda: _orjson(draft)),
        ],
    }
    if _has("pandas"):
        tables["XLSX"].append(("pandas + openpyxl", _pandas_xlsx(path)))
        tables["Parquet"].append(("pandas", _pandas_parquet(path)))
        tables["SQLite"].append(("pandas", _pandas_sqlite(path)))
    if _has("xlsxwriter"):
        tables["XLSX"].append(("xlsxwriter (mémoire constante)", _xlsxwriter(path)))
    if _has("polars"):
        tables["XLSX"].append(("polars", _polars_xlsx(path)))
        tables["Parquet"].append(("polars", _polars_parquet(path)))
    if _has("sqlite_utils"):
        tables["SQLite"].append(("sqlite-utils (recherche comprise)", _sqlite_utils(path)))
    return tables


def _has(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def _openpyxl(path: Path) -> Work:
    def work() -> None:
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("vue")
        for row in _rows(path):
            sheet.append(row)
        book.save(io.BytesIO())

    return work


def _xlsxwriter(path: Path) -> Work:
    def work() -> None:
        import xlsxwriter

        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
        sheet = book.add_worksheet("vue")
        for number, row in enumerate(_rows(path)):
            sheet.write_row(number, 0, row)
        book.close()

    return work


def _pandas_xlsx(path: Path) -> Work:
    def work() -> None:
        import pandas

        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        frame.to_excel(io.BytesIO(), index=False, engine="openpyxl")

    return work


def _polars_xlsx(path: Path) -> Work:
    def work() -> None:
        import polars

        polars.read_csv(path, infer_schema=False).write_excel(io.BytesIO())

    return work


def _arrow(path: Path) -> Work:
    def work() -> None:
        from pyarrow import csv as reader
        from pyarrow import parquet as writer

        writer.write_table(reader.read_csv(path), io.BytesIO(), compression="zstd")

    return work


def _pandas_parquet(path: Path) -> Work:
    def work() -> None:
        import pandas

        pandas.read_csv(path, dtype=str, keep_default_na=False).to_parquet(io.BytesIO())

    return work


def _polars_parquet(path: Path) -> Work:
    def work() -> None:
        import polars

        polars.read_csv(path, infer_schema=False).write_parquet(io.BytesIO())

    return work


def _executemany(path: Path) -> Work:
    def work() -> None:
        header, *rows = _rows(path)
        base = sqlite3.connect(":memory:")
        names = ", ".join(f'"{n}"' for n in header)
        base.execute(f"CREATE TABLE vue ({names})")
        base.executemany(f"INSERT INTO vue VALUES ({', '.join('?' * len(header))})", rows)  # noqa: S608
        base.commit()
        base.close()

    return work


def _pandas_sqlite(path: Path) -> Work:
    def work() -> None:
        import pandas

        base = sqlite3.connect(":memory:")
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        frame.to_sql("vue", base, index=False)
        base.close()

    return work


def _sqlite_utils(path: Path) -> Work:
    def work() -> None:
        import sqlite_utils

        header, *rows = _rows(path)
        base = sqlite_utils.Database(memory=True)
        base["vue"].insert_all((dict(zip(header, r, strict=True)) for r in rows), pk="id_odf")
        base["vue"].enable_fts(["nom"])
        base.close()

    return work


def _plain(draft: Draft) -> Iterator[dict[str, Any]]:
    for row in draft.view.records():
        point = [float(row["lon"] or 0), float(row["lat"] or 0)]
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": point},
            "properties": row,
        }


def _json(draft: Draft) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(_plain(draft))})


def _orjson(draft: Draft) -> bytes:
    import orjson

    return orjson.dumps({"type": "FeatureCollection", "features": list(_plain(draft))})
