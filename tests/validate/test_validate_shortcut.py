"""A few edited lines examined alone give the report of the whole examination."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import specimen
from depot_git import commit_all
from hypothesis import example, given, settings
from hypothesis import strategies as st

from observatoire import cli
from observatoire.files import Memory, write
from observatoire.git.reader import Reader
from observatoire.model import Finding
from observatoire.register import Register
from observatoire.table import serialize
from observatoire.validate import engine, remembered
from observatoire.validate.report import Known, Report

TODAY = date(2026, 11, 23)
ORGANISATIONS = (
    specimen.TABLES["organisations"]
    + "243500200,Cesson,AGCT,35,,48.1,-1.6,,,,actif\n"
    + "243500300,Vern-sur-Seiche,AGCT,35,,48.05,-1.61,,,,actif\n"
    + '243500400,"Betton, Melesse",AGCT,35,,48.2,-1.64,,,,actif\n'
    + "243500500,CESSON,OACT,93,,48.90,2.36,,,,actif\n"
)
PUBLICATIONS = (
    specimen.TABLES["publications"]
    + "243500200,data-gouv-fr,534fff80a3a7292c64a77e42,https://www.data.gouv.fr/a,1,,,moisson,publie\n"
    + "243500300,data-gouv-fr,534fff80a3a7292c64a77e43,http://www.data.gouv.fr/b,0,,,moisson,vide\n"
    + "243500500,data-gouv-fr,534fff80a3a7292c64a77e44,https://www.data.gouv.fr/a,1,,,moisson,publie\n"
)
TABLES = {"organisations": ORGANISATIONS, "publications": PUBLICATIONS}
# fmt: off
CELLS = [
    "", "Cesson", "cesson", "COM", "AGCT", "93", "35", "01", "48.1", "41.9", "-1.6", "9.5",
    "Culture", "Culture|Social", "Rien", "actif", "cesse", "=1", "0", "12", "vide", "publie",
    "x y", 'a"b', "a,b", "https://www.data.gouv.fr/a", "http://www.data.gouv.fr/b",
    "534fff80a3a7292c64a77e42", "2062-01-01", "rennes-metropole", "inconnue", "243500200",
    "é\u0301", "Rennes Métropole", "Vern sur Seiche",
]
# fmt: on
EDITS = st.lists(
    st.tuples(
        st.sampled_from(sorted(TABLES)),
        st.integers(0, 9),
        st.integers(0, 10),
        st.sampled_from(CELLS),
    ),
    max_size=4,
)


class Before(Memory):
    """A version of which it is known what changed since."""

    changed: dict[str, str]


def edited(base: Memory, edits: list[tuple[str, int, int, str]]) -> Memory:
    register = Register(base)
    out = Memory(base)
    for name in TABLES:
        table = register.table(name)
        rows = [list(row) for row in table.rows]
        for chosen, row, column, cell in edits:
            if chosen == name:
                rows[row % len(rows)][column % len(rows[0])] = cell
        out[f"data/{name}.csv"] = serialize(type(table)(table.columns, [tuple(r) for r in rows]))
    return out


def reports(before: Memory, after: Memory) -> tuple[Report | None, Report]:
    start = Before(before)
    start.changed = {path: "x" for path in after if after[path] != before[path]}
    whole = engine.run(Register(after), TODAY, before=Register(start))
    assert whole.base is not None
    quick = engine._quick(Register(after), TODAY, start, whole.base)
    return quick, whole._replace(base=None)


@settings(max_examples=80, deadline=None)
@example([("organisations", 2, 0, "Cesson")], [("organisations", 1, 2, "")])
@example([("organisations", 0, 0, ""), ("organisations", 1, 0, "")], [("organisations", 0, 2, "")])
@example([], [("organisations", 6, 1, "Cesson")])
@given(EDITS, EDITS)
def test_the_shortcut_says_what_the_whole_examination_says(
    before: list[tuple[str, int, int, str]], after: list[tuple[str, int, int, str]]
) -> None:
    base = edited(specimen.files(**TABLES), before)
    quick, whole = reports(base, edited(base, after))
    assert quick in (None, whole)


@pytest.mark.parametrize(
    ("table", "row", "column", "cell"),
    [
        ("organisations", 3, 1, "Rennes"),
        ("organisations", 3, 4, "=1"),
        ("organisations", 3, 5, "48.10"),
        ("organisations", 4, 5, "41.9"),
        ("organisations", 5, 10, "cesse"),
        ("organisations", 3, 8, "Rien"),
        ("publications", 1, 4, "0"),
        ("publications", 1, 3, "http://www.data.gouv.fr/b"),
        ("publications", 4, 3, "https://www.data.gouv.fr/c"),
        ("publications", 1, 6, "2062-01-01"),
    ],
)
def test_the_shortcut_is_taken_for_an_ordinary_edit(
    table: str, row: int, column: int, cell: str
) -> None:
    base = specimen.files(**TABLES)
    quick, whole = reports(base, edited(base, [(table, row, column, cell)]))
    assert quick == whole


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("organisations", "243500300,", "243500301,"),
        ("organisations", "Cesson,AGCT,35,,48.1,-1.6,,,,actif\n", ""),
        ("organisations", "93,,48.9362", "35,,48.9362"),
        ("organisations", "Cesson,AGCT,35", "Cesson,AGCT,"),
        ("organisations", "siren,nom", "siren,Nom"),
        ("plateformes", "Rennes Métropole", "Rennes"),
    ],
)
def test_there_is_no_shortcut_for_anything_else(name: str, before: str, after: str) -> None:
    base = specimen.files(**TABLES)
    changed = Memory(base)
    path = f"data/{name}.csv"
    changed[path] = base[path].decode().replace(before, after).encode()
    quick, _ = reports(base, changed)
    assert (changed[path] != base[path], quick) == (True, None)


def test_what_is_remembered_comes_back(tmp_path: Path) -> None:
    finding = Finding(
        "x", "é", "conseil", "data/t.csv", 3, ("a", "b"), "c", "d", (("c", "e"),), "f"
    )
    known = Known((("t", 3),), (("x", finding),))
    remembered.save(tmp_path, "stamp", known)
    assert remembered.load(tmp_path, "stamp") == known
    assert remembered.load(tmp_path, "other") is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"stamp": "s"}', '{"stamp": "s", "tables": 3}']
)
def test_a_damaged_memory_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / remembered.NAME).write_text(content)
    assert remembered.load(tmp_path, "s") is None


def test_the_stamp_depends_on_the_commit_and_the_day() -> None:
    stamps = {remembered.stamp(c, d) for c in "ab" for d in ("2026-01-01", "2026-01-02")}
    assert len(stamps) == 4


def test_the_command_remembers_a_version_and_says_the_same_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, specimen.files(**TABLES))
    commit_all(tmp_path)
    path = tmp_path / "data" / "publications.csv"
    path.write_text(path.read_text().replace(",57,", ",57.0,"))
    command = ["validate", "--depot", str(tmp_path), "--depuis", "main", "--format", "json"]
    assert cli.main(command) == 1
    first = capsys.readouterr().out
    kept = tmp_path / ".git" / remembered.NAME
    assert json.loads(kept.read_text())["findings"]
    assert cli.main(command) == 1
    assert capsys.readouterr().out == first
    assert json.loads(first)["erreurs"] == 1


def test_a_large_table_is_read_from_the_copy_of_its_last_examination(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "LARGE", 1)
    write(tmp_path, specimen.files(**TABLES))
    commit_all(tmp_path)
    path = tmp_path / "data" / "publications.csv"
    base = path.read_bytes()
    path.write_text(path.read_text().replace(",57,", ",57.0,"))
    command = ["validate", "--depot", str(tmp_path), "--depuis", "main"]
    assert cli.main(command) == 1
    first = capsys.readouterr().out
    copies = list((tmp_path / ".git" / remembered.COPIES).iterdir())
    assert [c.read_bytes() for c in copies] == [base]
    monkeypatch.setattr(Reader, "blobs", lambda *_: pytest.fail("git was asked for it again"))
    assert cli.main(command) == 1
    assert capsys.readouterr().out == first


def test_only_the_last_copies_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "LARGE", 2)
    remembered.keep(tmp_path, {"a": b"xx", "b": b"x"})
    remembered.keep(tmp_path, {"c": b"yy"})
    assert [remembered.copy(tmp_path, b) for b in "abc"] == [None, None, b"yy"]
    remembered.keep(tmp_path, {})
    assert remembered.copy(tmp_path, "c") == b"yy"
