"""The usual writers of each format, from the same CSV files to the same tables.

Part of benchmarks/release.py. pandas, polars, xlsxwriter and sqlite-utils are no dependencies of
the project: each function imports what it measures.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from observatoire.publish.draft import Draft
from observatoire.publish.exports import sqlite

Work = Callable[[], object]


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def openpyxl_(path: Path) -> Work:
    def work() -> None:
        import openpyxl

        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("vue")
        for row in _rows(path):
            sheet.append(row)
        book.save(io.BytesIO())

    return work


def xlsxwriter_(path: Path) -> Work:
    def work() -> None:
        import xlsxwriter

        book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
        sheet = book.add_worksheet("vue")
        for number, row in enumerate(_rows(path)):
            sheet.write_row(number, 0, row)
        book.close()

    return work


def pandas_xlsx(path: Path) -> Work:
    def work() -> None:
        import pandas

        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        frame.to_excel(io.BytesIO(), index=False, engine="openpyxl")

    return work


def polars_xlsx(path: Path) -> Work:
    def work() -> None:
        import polars

        polars.read_csv(path, infer_schema=False).write_excel(io.BytesIO())

    return work


def pyarrow_(path: Path) -> Work:
    def work() -> None:
        from pyarrow import csv as reader
        from pyarrow import parquet as writer

        writer.write_table(reader.read_csv(path), io.BytesIO(), compression="zstd")

    return work


def pandas_parquet(path: Path) -> Work:
    def work() -> None:
        import pandas

        pandas.read_csv(path, dtype=str, keep_default_na=False).to_parquet(io.BytesIO())

    return work


def polars_parquet(path: Path) -> Work:
    def work() -> None:
        import polars

        polars.read_csv(path, infer_schema=False).write_parquet(io.BytesIO())

    return work


def _resources(folder: Path) -> list[dict[str, Any]]:
    """The tables of the package, those that keys point to first."""
    found = json.loads((folder / "datapackage.json").read_bytes())["resources"]
    return sorted(found, key=lambda r: "foreignKeys" in r["schema"])


def executemany(folder: Path) -> Work:
    def work() -> None:
        base = sqlite3.connect(":memory:")
        for resource in _resources(folder):
            header, *rows = _rows(folder / resource["path"])
            names = ", ".join(f'"{n}"' for n in header)
            base.execute(f'CREATE TABLE "{resource["name"]}" ({names})')
            marks = ", ".join("?" * len(header))
            base.executemany(f'INSERT INTO "{resource["name"]}" VALUES ({marks})', rows)  # noqa: S608
        base.commit()
        base.serialize()
        base.close()

    return work


def pandas_sqlite(folder: Path) -> Work:
    def work() -> None:
        import pandas

        base = sqlite3.connect(":memory:")
        for resource in _resources(folder):
            frame = pandas.read_csv(folder / resource["path"], dtype=str, keep_default_na=False)
            frame.to_sql(resource["name"], base, index=False)
        base.serialize()
        base.close()

    return work


KINDS = {"integer": int, "number": float, "boolean": int}


def sqlite_utils_(folder: Path) -> Work:
    """The same base: typed columns, keys, foreign keys, search in names."""

    def work() -> None:
        import sqlite_utils

        base = sqlite_utils.Database(memory=True)
        for resource in _resources(folder):
            schema = resource["schema"]
            types = {f["name"]: KINDS.get(f["type"], str) for f in schema["fields"]}
            key = schema.get("primaryKey")
            pk = key if isinstance(key, str) or not key else tuple(key)
            keys = [
                (k["fields"], k["reference"]["resource"], k["reference"]["fields"])
                for k in schema.get("foreignKeys", ())
                if k["reference"]["resource"]
            ]
            table = base[resource["name"]]
            table.create(types, pk=pk, foreign_keys=keys)
            with (folder / resource["path"]).open(encoding="utf-8", newline="") as lines:
                table.insert_all(map(_nulls, csv.DictReader(lines)), pk=pk)
        for name in sqlite.SEARCHED:
            base[name].enable_fts(["nom"])
        base.conn.serialize()
        base.close()

    return work


def commands(folder: Path) -> Work:
    """The same by the program, which finds types by itself: what people do without writing code."""
    program = Path(sys.executable).parent / "sqlite-utils"

    def work() -> None:
        with tempfile.TemporaryDirectory() as name:
            base = Path(name) / "base.sqlite"
            keys: list[str] = []
            for resource in _resources(folder):
                schema, table = resource["schema"], resource["name"]
                key = schema.get("primaryKey") or []
                pk = [w for k in ([key] if isinstance(key, str) else key) for w in ("--pk", k)]
                csv_ = folder / resource["path"]
                _run([program, "insert", base, table, csv_, "--csv", "--silent", *pk])
                for k in schema.get("foreignKeys", ()):
                    if other := k["reference"]["resource"]:
                        keys += [table, k["fields"], other, k["reference"]["fields"]]
            _run([program, "add-foreign-keys", base, *keys])
            for table in sqlite.SEARCHED:
                _run([program, "enable-fts", base, table, "nom"])

    return work


def _run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _nulls(row: dict[str, str]) -> dict[str, str | None]:
    """What our base holds too: an empty cell is null, but in a key."""
    return {n: cell or ("" if n == "identifiant" else None) for n, cell in row.items()}


def _plain(draft: Draft) -> Iterator[dict[str, Any]]:
    for row in draft.view.records():
        point = [float(row["lon"] or 0), float(row["lat"] or 0)]
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": point},
            "properties": row,
        }


def plain_json(draft: Draft) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(_plain(draft))})


def fast_json(draft: Draft) -> bytes:
    import orjson

    return orjson.dumps({"type": "FeatureCollection", "features": list(_plain(draft))})
