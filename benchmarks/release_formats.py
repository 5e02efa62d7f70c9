"""Each format beside its usual writers, on the flat view of 36,000 organisations.

Part of benchmarks/release.py (performance.md, section 5). All start from the same CSV and end with
the same table in the format. A writer that is not installed is left out.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import release_peers as peers
from release_peers import Work
from validate_packages import register as scaled

from observatoire.files import Folder, Memory, write
from observatoire.publish import assemble, sheets
from observatoire.publish.draft import Draft
from observatoire.publish.exports import geojson, parquet, sqlite, xlsx
from observatoire.register import Register
from observatoire.schema import Schema
from observatoire.screen import Screen
from observatoire.table import from_records

ROWS = 36_000
REPEATS = 3
LONG = 5.0
"""Seconds from which once is enough."""
USUAL = (
    ("openpyxl write-only", "pandas (Parquet)", "sqlite-utils", "json.dumps"),
    ("pandas + openpyxl", "pandas (Parquet)", "sqlite-utils, ses commandes", "json.dumps"),
)
"""What people usually write the four formats with: the fastest way, then the shortest one."""

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
        contents = assemble.assemble(draft, {})
        content = contents["publication/vue-datami.csv"]
        write(Path(name), contents)
        path = Path(name) / "publication/vue-datami.csv"
        screen.say(f"\nVue de {ROWS} organismes, {len(described.columns)} colonnes ; processeur")
        spent: dict[str, float] = {}
        ours = 0.0
        for title, rows in _formats(path, content, described, draft).items():
            screen.say(f"  {title}")
            timed = [(label, _median(work)) for label, work in rows]
            spent |= dict(timed)
            ours += timed[0][1]
            for label, seconds in timed:
                screen.say(f"    {label:<50} {seconds:>7.2f} s   {seconds / timed[0][1]:>5.1f}x")
        _together(ours, spent, screen)


def _together(ours: float, spent: Mapping[str, float], screen: Screen) -> None:
    """The four formats one after the other, beside the usual writers that are installed."""
    screen.say(f"  Les quatre formats : {ours:.2f} s")
    for labels in USUAL:
        if spent.keys() >= set(labels):
            seconds = sum(spent[label] for label in labels)
            screen.say(f"    {' + '.join(labels)} : {seconds:.2f} s   {seconds / ours:.1f}x")


def _median(work: Work) -> float:
    """Seconds of processor, threads and processes included."""
    found = []
    for _ in range(REPEATS):
        start = sum(os.times()[:4])
        work()
        found.append(sum(os.times()[:4]) - start)
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
            ("openpyxl write-only", peers.openpyxl_(path)),
        ],
        "Parquet": [
            ("le nôtre", lambda: parquet.written(ours())),
            ("pyarrow seul", peers.pyarrow_(path)),
        ],
        "SQLite": [
            ("le nôtre (toutes les tables, clés, recherche)", _our_base(path.parent)),
            (
                "executemany (sans clés, ni types, ni recherche)",
                peers.executemany(path.parent),
            ),
        ],
        "GeoJSON": [
            ("le nôtre (RFC 7946)", lambda: geojson.export(draft)),
            ("json.dumps", lambda: peers.plain_json(draft)),
            ("orjson seul", lambda: peers.fast_json(draft)),
        ],
    }
    if _has("pandas"):
        tables["XLSX"].append(("pandas + openpyxl", peers.pandas_xlsx(path)))
        tables["Parquet"].append(("pandas (Parquet)", peers.pandas_parquet(path)))
        tables["SQLite"].append(("pandas (ni clés, ni types)", peers.pandas_sqlite(path.parent)))
    if _has("xlsxwriter"):
        tables["XLSX"].append(("xlsxwriter (mémoire constante)", peers.xlsxwriter_(path)))
    if _has("polars"):
        tables["XLSX"].append(("polars", peers.polars_xlsx(path)))
        tables["Parquet"].append(("polars", peers.polars_parquet(path)))
    if _has("sqlite_utils"):
        tables["SQLite"].append(("sqlite-utils", peers.sqlite_utils_(path.parent)))
        tables["SQLite"].append(("sqlite-utils, ses commandes", peers.commands(path.parent)))
    return tables


def _has(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _our_base(folder: Path) -> Work:
    """From the CSV of ``publication/`` to the bytes of the base."""

    def work() -> None:
        sqlite.assets(sheets.Version(Folder(folder.parent), "v1.0.0", "2026-11-23"))

    return work
