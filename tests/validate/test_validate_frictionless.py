"""On what the schemas say, the verdict is that of frictionless, cell by cell."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import specimen
from frictionless import Dialect, Package, Schema
from frictionless.formats import CsvControl
from frictionless.resources import TableResource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from observatoire.files import Memory
from observatoire.register import Register
from observatoire.table import serialize
from observatoire.validate import engine
from observatoire.validate.report import Collector

TODAY = date(2026, 11, 23)
SCHEMA_CHECKS = {
    "type-de-valeur": "type",
    "valeur-obligatoire": "constraint",
    "valeur-permise": "constraint",
    "forme-attendue": "constraint",
    "bornes": "constraint",
    "cle-en-double": "primary-key",
    "lien-inconnu": "foreign-key",
}
EDITED = ("organisations", "plateformes", "publications", "verrous", "thematiques")
LINKED = ("reference/2026/departements", "reference/2026/regions")
# fmt: off
SPELLINGS = [
    "", " ", "0", "-1", "+5", "007", "1_000", "57.0", "1e2", "NaN", "-Infinity", "٥", "48,1",
    "1 000", "91", "2022-11-23", "2022-1-5", "23/11/2022", "2022-02-30", "+2022-01-01",
    "213 500 010", "21350001", "2135000100", "٢١٣٥٠٠٠١٠", "243500139",
    "219300662", "rennes-metropole", "Rennes",
    "data-gouv-fr", "-a", "a--b", "actif", "Actif", "actif ", "publie", "COM", "com", "35", "2A",
    "01", "1", "974", "999", "53", "53x", "x53", "https://a.fr", "http://a b", "ftp://a", "https://",
    "null", "a|b", "|", "é",
]
# fmt: on
MUTATION = st.tuples(
    st.sampled_from(EDITED),
    st.sampled_from(["cell", "cell", "cell", "repeat", "drop"]),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(SPELLINGS) | st.text('0123456789.,-eE_ \u00a0aéA/:"|', max_size=10),
)


def mutated(mutations: list[tuple[str, str, int, int, str]]) -> Memory:
    register = specimen.register()
    tables = {name: [list(r) for r in register.table(name).rows] for name in EDITED}
    for name, kind, row, column, cell in mutations:
        rows = tables[name]
        if not rows:
            continue
        at = row % len(rows)
        if kind == "repeat":
            rows.append(list(rows[at]))
        elif kind == "drop":
            del rows[at]
        else:
            rows[at][column % len(rows[at])] = cell
    changed = {
        name: serialize(type(register.table(name))(register.table(name).columns, rows))
        for name, rows in tables.items()
    }
    return specimen.files(**changed)


def ours(files: Memory) -> set[tuple[str, int, str, str]]:
    """Table, line, field and kind of each finding of the checks that read the schema."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "OneByCell", Collector)
        report = engine.run(Register(files), TODAY, EDITED)
    return {
        (f.file.removeprefix("data/").removesuffix(".csv"), f.line, f.field, SCHEMA_CHECKS[t.code])
        for t in report.tallies
        for f in t.first
        if t.code in SCHEMA_CHECKS
    }


def theirs(files: Memory, folder: Path) -> set[tuple[str, int, str, str]]:
    for name in (*EDITED, *LINKED):
        target = folder / f"data/{name}.csv"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[f"data/{name}.csv"])
    package = Package(
        basepath=str(folder), resources=[_resource(files, n) for n in (*EDITED, *LINKED)]
    )
    found = set()
    for task in package.validate(limit_errors=1_000_000).tasks:
        for error in task.errors:
            line = getattr(error, "row_number", 0)
            kind = error.type.removesuffix("-error")
            field = getattr(error, "field_name", "") if kind in {"type", "constraint"} else ""
            if kind == "foreign-key":
                field = error.field_names[0]
            found.add((task.name, line, field, kind))
    return found


def _resource(files: Memory, name: str) -> TableResource:
    register = Register(files)
    schema = json.loads(json.dumps(dict(register.schema(name).raw)))
    if name not in EDITED:
        schema.pop("foreignKeys", None)
    for key in schema.get("foreignKeys", ()):
        target = key["reference"]["resource"]
        key["reference"]["resource"] = register.resolve(target) if target else ""
    return TableResource(
        name=name,
        path=f"data/{name}.csv",
        schema=Schema.from_descriptor(schema),
        dialect=Dialect(controls=[CsvControl(delimiter=",", quote_char='"')]),
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("package")


def disagreements(files: Memory, folder: Path) -> set[tuple[object, ...]]:
    """Faults that one of us alone sees; a blank line, cell without its shape or key counts once."""
    mine, other = ours(files), theirs(files, folder)
    blank = {f[:2] for f in other if f[3] == "blank-row"}
    unseen = blank - {f[:2] for f in mine}
    mine = {f for f in mine if f[:2] not in blank}
    other = {f for f in other if f[:2] not in blank}
    invented = {f[:3] for f in mine} - {f[:3] for f in other}
    said = {f[:3] for f in mine if f[3] == "constraint"}
    keys = {name: Register(files).schema(name).primary_key for name in EDITED}
    missed = {
        (table, line, field, kind)
        for table, line, field, kind in other - mine
        if kind not in {"foreign-key", "primary-key"}
        or not said & {(table, line, f) for f in ([field] if field else keys[table])}
    }
    return unseen | invented | missed


def test_the_specimen_is_sound_for_both(folder: Path) -> None:
    assert (ours(specimen.files()), theirs(specimen.files(), folder)) == (set(), set())


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(MUTATION, min_size=1, max_size=5))
def test_the_same_cells_are_at_fault(
    folder: Path, mutations: list[tuple[str, str, int, int, str]]
) -> None:
    assert disagreements(mutated(mutations), folder) == set()


def test_every_spelling_in_every_column_gets_the_same_verdict(folder: Path) -> None:
    register = specimen.register()
    for name in EDITED:
        table = register.table(name)
        if not table.rows:
            continue
        rows = [
            tuple(spelling if i == column else cell for i, cell in enumerate(table.rows[0]))
            for column in range(len(table.columns))
            for spelling in SPELLINGS
        ]
        files = specimen.files(**{name: serialize(type(table)(table.columns, rows))})
        assert disagreements(files, folder) == set(), name
