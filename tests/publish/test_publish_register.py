"""The version that this repository's own register would make."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.indicators.opening import GONE
from observatoire.publish.assemble import assemble
from observatoire.publish.datami.roundtrip import save
from observatoire.publish.draft import Draft

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def draft() -> Draft:
    return Draft(Folder(ROOT), "v1.0.0", "2026-11-23", "https://gitlab.com/groupe/observatoire")


@pytest.fixture(scope="module")
def contents(draft: Draft) -> dict[str, bytes]:
    return assemble(draft, {})


@pytest.fixture(scope="module")
def view(contents: dict[str, bytes]) -> list[dict[str, str]]:
    header, *lines = (
        line.split(",")
        for line in contents["publication/vue-datami.csv"].decode().splitlines()
        if '"' not in line
    )
    return [dict(zip(header, line, strict=True)) for line in lines]


def test_every_table_survives_an_untouched_save(contents: dict[str, bytes]) -> None:
    for name, content in contents.items():
        if name.endswith(".csv"):
            assert save(content.decode(), ",", {}).encode() == content


def test_every_living_organisation_has_its_line(draft: Draft, contents: dict[str, bytes]) -> None:
    alive = [o for o in draft.register.table("organisations").records() if o["statut"] not in GONE]

    assert contents["publication/vue-datami.csv"].count(b"\n") == len(alive) + 1


def test_derived_cells_agree_with_each_other(draft: Draft, view: list[dict[str, str]]) -> None:
    for row in view:
        assert (row["boolean"] == "true") is bool(row["merge"]), row
        assert ("datagouv" in row["merge"]) or not row["nb_datagouv"], row
        if row["depcode"]:
            assert row["reg_code_geo"] == draft.reference.region_of(row["depcode"])
        assert (row["tranche_pop"] == "p_na") is (row["pop_insee"] == "")
