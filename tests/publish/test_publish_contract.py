"""Planted defects: each one that Datami would show badly is refused, in words."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planted import DEFECTS, PROJECT, TAG, layers
from small_register import files

from observatoire.files import Memory
from observatoire.model import Finding
from observatoire.publish.assemble import assemble
from observatoire.publish.datami import contract, roundtrip
from observatoire.publish.datami.contract import tables
from observatoire.publish.datami.contract.shown import Shown, Widget
from observatoire.publish.draft import Draft

ROOT = Path(__file__).parents[2]


def register() -> Memory:
    out = files()
    for path in (ROOT / "data/reference/contours").glob("*.geojson"):
        out[f"data/reference/contours/{path.name}"] = path.read_bytes()
    return out


def made(project: str = PROJECT) -> dict[str, bytes]:
    contents = assemble(Draft(register(), TAG, "2026-11-23", project), {})
    return {n.removeprefix("publication/"): c for n, c in contents.items()}


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    return made()


def wrong(contents: dict[str, bytes], tag: str = TAG) -> list[Finding]:
    return list(contract.check(contents, PROJECT, tag))


@pytest.mark.parametrize(
    "project",
    [
        PROJECT,
        "https://github.com/groupe/observatoire",
        "http://localhost:8000",
        "https://a.example",
    ],
)
def test_what_we_make_is_what_datami_wants(project: str) -> None:
    assert list(contract.check(made(project), project, TAG)) == []


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_refused_in_words(sound: dict[str, bytes], name: str) -> None:
    plant, words = DEFECTS[name]
    contents = dict(sound)
    plant(contents)
    found = wrong(contents)

    assert any(words in f.message for f in found), [f.sentence() for f in found]
    assert all(f.severity == "erreur" for f in found)


@pytest.mark.parametrize("tag", ["release/1.2.0", "v1.2.0?", "v1 2"])
def test_a_tag_that_datami_would_cut_is_refused(sound: dict[str, bytes], tag: str) -> None:
    assert any(f"« {tag} » serait coupée" in f.message for f in wrong(sound, tag))


def test_a_long_table_is_only_a_warning(sound: dict[str, bytes]) -> None:
    contents = dict(sound)
    contents["thematiques.csv"] += b"".join(b"T%05d,,actif\n" % i for i in range(5_001))
    found = wrong(contents)

    assert [f.severity for f in found] == ["conseil"]
    assert "lent au-delà de 5000" in found[0].message


def test_a_table_too_long_to_edit_is_not_offered() -> None:
    out = register()
    out["data/thematiques.csv"] += b"".join(b"T%05d,,actif\n" % i for i in range(5_001))
    contents = assemble(Draft(out, TAG, "2026-11-23", PROJECT), {})
    tabs = json.loads(contents["publication/datami/contribuer.json"])["gitfiles"]

    assert [t["gitfile"].rpartition("/")[2] for t in tabs] == [
        "organisations.csv",
        "plateformes.csv",
        "publications.csv",
    ]


def test_people_edit_main_with_settings_of_the_version(sound: dict[str, bytes]) -> None:
    tabs = json.loads(sound["datami/contribuer.json"])["gitfiles"]

    assert tabs[0]["gitfile"] == f"{PROJECT}/-/raw/main/data/organisations.csv"
    assert f"/{TAG}/" in tabs[0]["options"]["schema"]["file"]
    assert [t["default-tab"] for t in tabs] == [True, False, False, False]


def test_numbers_are_text_where_people_edit(sound: dict[str, bytes]) -> None:
    described = json.loads(sound["datami/contribuer/publications-schema.json"])

    assert {f["type"] for f in described["fields"]} == {"string"}


def test_territories_are_counted_by_code_and_drawn_from_the_version(
    sound: dict[str, bytes],
) -> None:
    sources = layers(json.loads(sound["datami/carte.json"]))["choropleth_layer"]["sources"]
    zooms = [(s["min_zoom"], s["max_zoom"]) for s in sources]

    assert [s["join_polygon_id_to_field"] for s in sources] == ["reg_code_geo", "depcode"]
    assert sources[0]["source_url"] == (
        "https://gitlab.com/api/v4/projects/groupe%2Fobservatoire/repository/files/"
        "data%2Freference%2Fcontours%2Fregions.geojson/raw?ref=v1.2.0"
    )
    assert zooms[0][1] == zooms[1][0]


def test_outlines_name_every_territory_of_the_reference() -> None:
    for kind in ("regions", "departements"):
        found = json.loads((ROOT / f"data/reference/contours/{kind}.geojson").read_bytes())
        codes = [f["properties"]["code"] for f in found["features"]]
        lines = (ROOT / f"data/reference/2026/{kind}.csv").read_text("utf-8").splitlines()
        assert codes == sorted(codes)
        assert set(codes) <= {line.partition(",")[0] for line in lines}
        assert len(codes) == {"regions": 18, "departements": 101}[kind]


def area(ring: list[list[float]]) -> float:
    pairs = pairwise(ring)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)


def test_outlines_turn_as_rfc_7946_says() -> None:
    for kind in ("regions", "departements"):
        found = json.loads((ROOT / f"data/reference/contours/{kind}.geojson").read_bytes())
        for feature in found["features"]:
            shape = feature["geometry"]
            parts = (
                shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            )
            for outer, *holes in parts:
                assert outer[0] == outer[-1]
                assert area(outer) > 0
                assert all(area(hole) < 0 for hole in holes)


CELLS = st.text(st.sampled_from('ab0.,-1 \xa0"~<é'), max_size=5).map(
    lambda c: f'"{c}"' if "," in c else c
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8), st.sampled_from(["string", "number"]))
def test_looking_only_at_doubtful_lines_misses_nothing(
    rows: list[tuple[str, str, str]], kind: str
) -> None:
    text = "\n".join(["a,b,c", *(",".join(r) for r in rows), ""])
    widget = Widget(
        shown=Shown({"t.csv": text.encode()}, PROJECT, TAG),
        file="t.csv",
        options={},
        schema={"fields": [{"name": n, "type": kind} for n in "abc"]},
        columns=[],
    )
    changed = roundtrip.save(text, ",", widget.types) != text

    assert bool(list(tables.check(widget))) or not changed
