"""The settings that Datami reads: pinned to the tag, on columns that exist, in types it shows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from small_register import edited, files

from observatoire.model import Malformed
from observatoire.publish.assemble import assemble
from observatoire.publish.datami import urls
from observatoire.publish.draft import Draft

PROJECT = "https://gitlab.com/groupe/observatoire"


def made(project: str = PROJECT, **changed: str) -> dict[str, bytes]:
    return assemble(Draft(files(**changed), "v1.2.0", "2026-11-23", project), {})


def read(contents: dict[str, bytes], name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(contents[f"publication/datami/{name}.json"])
    return found


def addresses(value: object) -> list[str]:
    if isinstance(value, dict):
        return [a for v in value.values() for a in addresses(v)]
    if isinstance(value, list):
        return [a for v in value for a in addresses(v)]
    return [value] if isinstance(value, str) and value.startswith("http") else []


def test_every_address_is_pinned_to_the_tag_and_names_a_file_of_the_version() -> None:
    contents = made()
    found = addresses(read(contents, "options"))

    assert len(found) == 4
    for address in found:
        path = address.removeprefix(f"{PROJECT}/-/raw/v1.2.0/")
        assert path in contents


def test_types_are_those_that_datami_shows() -> None:
    fields = read(made(), "schema")["fields"]

    assert {f["type"] for f in fields} == {"string", "integer", "number", "boolean"}
    assert next(f for f in fields if f["name"] == "siren")["type"] == "string"


def test_types_have_words_and_colours_everywhere_the_same() -> None:
    contents = made()
    kinds = next(f for f in read(contents, "champs")["fields"] if f["name"] == "type")
    colours = {d["value"]: d["bgColor"] for d in kinds["definitions"]}
    points = read(contents, "carte")["mapOptions"]["map_layers"]["all_points_layer"]
    match = points["circle_color"]

    assert next(d for d in kinds["definitions"] if d["value"] == "COM")["label"] == "Commune"
    assert dict(zip(match[2:-1:2], match[3:-1:2], strict=True)) == colours
    assert match[:2] == ["match", ["get", "type"]]


def test_every_column_of_the_view_is_locked_and_described() -> None:
    contents = made()
    header = contents["publication/vue-datami.csv"].decode().partition("\n")[0].split(",")

    assert [f["name"] for f in read(contents, "champs")["fields"]] == header
    assert all(f["locked"] for f in read(contents, "champs")["fields"])
    assert all(f["description"] and f["title"] for f in read(contents, "schema")["fields"])


def test_regions_are_named_after_the_reference() -> None:
    fields = read(made(), "champs")["fields"]
    region = next(f for f in fields if f["name"] == "reg_code_geo")

    assert {"value": "53", "label": "Bretagne"} in region["definitions"]


@pytest.mark.parametrize(
    ("project", "readable"),
    [
        ("https://gitlab.com/a/b", True),
        ("https://github.com/a/b", True),
        ("http://localhost:8000", True),
        ("https://git.opendatafrance.net/a/b", False),
        ("https://gitlab.com.evil.example/a/b", False),
        ("", False),
    ],
)
def test_datami_reads_three_kinds_of_address(project: str, readable: bool) -> None:
    assert urls.readable(project) is readable


def test_addresses_are_cut_as_datami_cuts_them() -> None:
    assert urls.raw("https://github.com/a/b", "v1.0.0", "x.csv") == (
        "https://github.com/a/b/blob/v1.0.0/x.csv"
    )
    assert urls.raw("https://gitlab.com/a/b/", "v1.0.0", "x.csv") == (
        "https://gitlab.com/a/b/-/raw/v1.0.0/x.csv"
    )


def test_a_script_of_another_site_reads_a_file_where_the_forge_lets_it() -> None:
    found = [
        urls.shared(f"https://{project}", "v1.0.0", "publication/x.geojson")
        for project in ("github.com/a/b", "gitlab.com/a/b/")
    ]

    assert found == [
        "https://raw.githubusercontent.com/a/b/v1.0.0/publication/x.geojson",
        "https://gitlab.com/api/v4/projects/a%2Fb/repository/files/publication%2Fx.geojson"
        "/raw?ref=v1.0.0",
    ]


def test_a_register_that_datami_would_spoil_is_refused() -> None:
    with pytest.raises(Malformed, match="un guillemet droit"):
        made(**edited("organisations", "Rennes,COM", 'Rennes ""la belle"",COM'))


def test_charts_are_still_and_wear_the_colours_of_the_types() -> None:
    contents = made()
    kinds = next(f for f in read(contents, "champs")["fields"] if f["name"] == "type")
    charts = read(contents, "graphiques")["charts"]

    assert charts[0]["chartOptions"]["colors"] == [d["bgColor"] for d in kinds["definitions"]]
    assert not any(c["chartOptions"]["chart"]["animations"]["enabled"] for c in charts)


def test_words_around_a_number_suit_one_as_well_as_many() -> None:
    contents = {n: c.decode() for n, c in made().items() if n.startswith("publication/datami/")}
    cards = read(made(), "options")["cardssettings"]["detail"]

    assert [n for n, text in contents.items() if "(s)" in text] == []
    assert cards["nb_datagouv"] == {"position": "infos", "prefix": "Jeux sur data.gouv.fr :"}


def test_every_volume_has_its_colour() -> None:
    contents = made()
    volumes = next(f for f in read(contents, "schema")["fields"] if f["name"] == "tranche_ptf")

    assert len(read(contents, "graphiques")["charts"][1]["chartOptions"]["colors"]) == len(
        volumes["constraints"]["enum"]
    )


def test_no_label_gets_a_colour_by_lot() -> None:
    fields = read(made(), "champs")["fields"]

    assert all(f["bgColor"] for f in fields if f.get("subtype") in {"tag", "tags"})
