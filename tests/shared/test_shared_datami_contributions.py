"""The contributions that visitors made in 2022: each gives exactly the edits it holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire import schema
from observatoire.contribution import reading
from observatoire.contribution.examine import examine
from observatoire.contribution.model import Contribution, Rules, Version
from observatoire.schema import Field, Schema
from observatoire.table import Table, from_records

ACIGNE = ("213500010",)
ADACL = ("254002272",)
EXTRA = ("nom", "adress", "id_datagouv", "thématiques", "id_ods", "dep_label", "uuid")

# Read by hand in the files: what each visitor changed, (row, column, before, after).
# Blanks in a row are one, as `observatoire format` writes them.
EDITS = {
    "01-2022-09-13-on-d04a0150": [
        (
            ACIGNE,
            "adress",
            "Place de la Mairie 35690 Acigné",
            "Place de la Mairie 35690 Acigné jhjgffggfghfgfhdfgky",
        )
    ],
    "03-2022-09-27-on-d04a0150": [(ADACL, "type", "AGCT", "CC")],
    "05-2022-10-05-on-d04a0150": [(ACIGNE, "type", "COM", "CA")],
    "07-2022-10-12-on-d04a0150": [],
    "13-2022-05-19-on-1d68039b": [],
    "17-2022-05-29-on-8d85808c": [
        (ADACL, "boolean", "false", "true"),
        (("306966110",), "boolean", "0", "true"),
    ],
    "19-2022-05-31-on-8d85808c": [
        (ACIGNE, "tranche_ptf", "d_1_5", "d_26_50"),
        (ACIGNE, "pop_insee", "6275", "6278"),
        (ACIGNE, "lat", "48.133181", "48.23"),
    ],
    "21-2022-06-02-on-8d85808c": [
        (ACIGNE, "nom", "ACIGNE", "ACIGNE dzde"),
        (ADACL, "nom", "ADACL Landes", "ADhgfh"),
    ],
    "23-2022-06-10-on-8d85808c": [
        (
            ACIGNE,
            "adress",
            "Place de la Mairie 35690 Acigné",
            "Place de la Mairie 35690 Acigné dzdz",
        )
    ],
}
DROPPED = {
    "01-2022-09-13-on-d04a0150": {"fins-de-ligne": 891, "undefined": 1},
    "07-2022-10-12-on-d04a0150": {"fins-de-ligne": 891, "undefined": 1},
    "13-2022-05-19-on-1d68039b": {},
    "17-2022-05-29-on-8d85808c": {"fins-de-ligne": 5, "ecriture": 2},
    "23-2022-06-10-on-8d85808c": {"fins-de-ligne": 892},
}


@pytest.fixture
def view(shared: Path) -> Schema:
    """The schema that the widget had, with the columns that it does not describe."""
    text = (shared / "data/observatoire/datami-apiviz_data-schema.json").read_bytes()
    described = schema.parse("vue", text)
    fields = (*described.fields, *(Field(name) for name in EXTRA))
    return described._replace(fields=fields, primary_key=("siren",))


def rules(view: Schema) -> Rules:
    return Rules("vue", "csv/vue.csv", view, separator=";")


def table(content: bytes, view: Schema) -> Table:
    sheet = reading.read(content, "base", view.columns, ";")
    return from_records(
        view.columns,
        [
            dict(zip(view.columns, (c or "" for c in line.cells), strict=True))
            for line in sheet.lines
        ],
    )


def contribution(shared: Path, name: str, view: Schema) -> Contribution:
    folder = shared / "data/datami-contributions"
    contents = {p.stem.removeprefix("base-"): p.read_bytes() for p in folder.glob("base-*.csv")}
    started = name.rpartition("-")[2]
    versions = [Version(ref, contents[ref]) for ref in ("d04a0150", "8d85808c", "1d68039b")]
    saved = (folder / f"{name}.csv").read_bytes()
    return examine(saved, versions, table(contents[started], view), rules(view), "essai")


def test_every_saved_file_is_examined(shared: Path) -> None:
    folder = shared / "data/datami-contributions"
    assert {p.stem for p in folder.glob("[0-9]*.csv")} == set(EDITS)


@pytest.mark.parametrize("name", EDITS)
def test_a_saved_file_gives_exactly_the_edits_of_its_visitor(
    shared: Path, view: Schema, name: str
) -> None:
    found = contribution(shared, name, view)
    assert [(e.key, e.field, e.before, e.after) for e in found.edits] == EDITS[name]
    assert (found.conflicts, found.deletions, found.findings) == ((), (), ())
    assert found.version == name.rpartition("-")[2]


@pytest.mark.parametrize("name", DROPPED)
def test_what_datami_rewrote_by_itself_is_counted(shared: Path, view: Schema, name: str) -> None:
    found = contribution(shared, name, view)
    assert {d.reason: d.count for d in found.dropped} == DROPPED[name]


def test_a_new_row_is_found_with_only_what_the_visitor_typed(shared: Path, view: Schema) -> None:
    added = contribution(shared, "07-2022-10-12-on-d04a0150", view).additions
    assert [{c: v for c, v in a.row.items() if v} for a in added] == [
        {
            "siren": "200052678",
            "nom": "COLLECTIVITE TERRITORIALE DE GUYANE",
            "type": "CT",
            "adress": "4179 RTE DE MONTABO 97300 CAYENNE",
        }
    ]


def test_a_new_row_whose_key_is_null_is_given_back_to_its_author(
    shared: Path, view: Schema
) -> None:
    folder = shared / "data/datami-contributions"
    base = (folder / "base-d04a0150.csv").read_bytes()
    keyed = view._replace(primary_key=("id_odf",))
    saved = (folder / "07-2022-10-12-on-d04a0150.csv").read_bytes()
    found = examine(saved, [Version("b", base)], table(base, view), rules(keyed), "essai")
    assert (found.edits, found.additions) == ((), ())
    (said,) = found.findings
    assert said.line == 893
    assert "COLLECTIVITE TERRITORIALE DE GUYANE" in said.message
