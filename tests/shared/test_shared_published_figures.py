"""What the explanations of the published figures say of the published file."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.register import Register

ROOT = Path(__file__).parents[2]


@pytest.fixture
def published(shared: Path) -> list[dict[str, str]]:
    path = shared / "data/observatoire/edition-2022-organisations.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def explanation(*key: str) -> str:
    table = Register(Folder(ROOT)).table("chiffres_publies")
    return table.by("indicateur", "millesime", "dimension", "modalite")[key]["explication"]


def share(part: int, of: int) -> str:
    return f"{100 * part / of:.1f} %".replace(".", ",")


def test_no_count_of_the_published_file_gives_55_percent(published: list[dict[str, str]]) -> None:
    text = explanation("I8", "2022", "usage", "datagouv")
    paged = sum(bool(r["url-datagouv"]) for r in published)
    alone = sum(r["merge"] == "datagouv" for r in published)

    assert f"{paged} lignes sur 1 062, {share(paged, len(published))}" in text
    assert f"seul à {alone}, {share(alone, len(published))}" in text


def test_halves_and_quarters_are_those_of_the_published_file(
    published: list[dict[str, str]],
) -> None:
    types = Counter(r["type"] for r in published)
    associated = types["AGCT"] + types["OACT"] + types["DSPT"] + types["SDE"]
    rest = len(published) - types["COM"] - associated

    for family, number in (
        ("communes", types["COM"]),
        ("supra_communal", rest),
        ("associes", associated),
    ):
        text = explanation("I6", "2022", "famille", family)
        assert str(number) in text
        assert share(number, len(published)) in text


def test_628_is_what_the_published_file_gives_for_728(published: list[dict[str, str]]) -> None:
    text = explanation("I3", "2022", "ensemble", "ensemble")
    bodies = [r for r in published if r["type"] not in {"AGCT", "OACT", "DSPT", "SDE"}]
    small = [r for r in bodies if r["type"] == "COM" and float(r["pop-insee"] or 0) < 3500]

    assert f"ses {len(bodies)} collectivités moins ses {len(small)} communes" in text
    assert f"font {len(bodies) - len(small)}" in text
