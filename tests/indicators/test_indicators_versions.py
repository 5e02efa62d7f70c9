"""Published versions in the history: each measured again, with today's definitions."""

from __future__ import annotations

from pathlib import Path

import pocket
import pytest

from observatoire import cli, indicators
from observatoire.files import Memory, write
from observatoire.git import Person, Repo
from observatoire.indicators import files as measures
from observatoire.indicators import tidy
from observatoire.indicators.snapshot import Past, snapshots
from observatoire.intake import parse
from observatoire.publish import history, pasts
from observatoire.table import Table

SOMEONE = Person("Une personne", "personne@example.org")
NEWCOMER = "200069409,CA Saint-Brieuc,CA,22,,,,,,,actif\n"
ITS_DATA = "200069409,data-gouv-fr,d-ca,,3,,,manuel,publie\n"
FIRST = pocket.files(
    organisations=pocket.TABLES["organisations"],
    publications=pocket.TABLES["publications"].replace("40,,,reprise,publie", "0,,,reprise,vide"),
)
SECOND = pocket.files()
NOW = pocket.files(
    organisations=pocket.TABLES["organisations"] + NEWCOMER,
    publications=pocket.TABLES["publications"] + ITS_DATA,
)


def past() -> list[Past]:
    return [
        Past("v1.0.0", "2024-06-01", pocket.Register(FIRST)),
        Past("v1.1.0", "2025-06-01", pocket.Register(SECOND)),
    ]


@pytest.fixture(scope="module")
def figures() -> Table:
    return tidy.tabulate(snapshots(pocket.Register(NOW), pocket.DAY, past()))


def value(figures: Table, *key: str) -> str:
    return figures.by(*tidy.KEY)[key]["valeur"]


def test_editions_versions_and_register_follow_each_other(figures: Table) -> None:
    vintages = dict(zip(figures.column("millesime"), figures.column("date"), strict=True))

    assert vintages == {
        "2022": "2022-12-31",
        "v1.0.0": "2024-06-01",
        "v1.1.0": "2025-06-01",
        "actuel": "2026-11-23",
    }


def test_a_summary_shows_the_editions_the_last_three_versions_and_the_register() -> None:
    tags = [Past(f"v1.{n}.0", f"2025-0{n + 1}-01", pocket.Register(SECOND)) for n in range(5)]
    chosen = indicators.choose(["I2"])
    made = measures.make(
        pocket.Register(NOW), snapshots(pocket.Register(NOW), pocket.DAY, tags), chosen
    )

    assert "\n|  | 2022 | v1.2.0 | v1.3.0 | v1.4.0 | actuel |\n" in made.report()
    assert "\n## I3 : " not in made.report()


def test_each_state_is_compared_with_the_one_before(figures: Table) -> None:
    found = {
        vintage: [
            value(figures, "I2", vintage, flow, "ensemble")
            for flow in ("ouverts", "entrees", "sorties", "solde")
        ]
        for vintage in ("v1.0.0", "v1.1.0", "actuel")
    }

    assert found == {
        # Five of the six newcomers of the register: GPSO's account is still empty.
        "v1.0.0": ["7", "5", "2", "3"],
        "v1.1.0": ["8", "1", "0", "1"],
        "actuel": ["9", "1", "0", "1"],
    }
    assert value(figures, "I2", "v1.1.0", "entrees_type", "EPT") == "1"
    assert value(figures, "I2", "v1.1.0", "entrees_departement", "92") == "1"


def test_a_territory_where_nothing_moved_has_its_open_bodies_only(figures: Table) -> None:
    keys = figures.by(*tidy.KEY)

    assert ("I2", "v1.1.0", "entrees_departement", "35") not in keys
    assert ("I2", "v1.1.0", "ouverts_departement", "35") in keys
    assert ("I2", "actuel", "ouverts_departement", "35") in keys


def test_only_followed_dimensions_are_measured_on_a_version(figures: Table) -> None:
    followed = {
        (i.HEADER.id, d.nom) for i in indicators.discover() for d in i.HEADER.dimensions if d.suivie
    }
    rows = [r for r in figures.records() if r["millesime"].startswith("v")]

    assert {(r["indicateur"], r["dimension"]) for r in rows} <= followed
    assert {r["indicateur"] for r in rows} == {
        *("I1", "I2", "I3", "I4", "I5", "I6", "I7", "I8", "I9", "I10", "I12"),
    }
    assert all(r["source"].startswith(f"version {r['millesime']}, ") for r in rows)


def test_a_version_is_measured_as_the_register_it_was(figures: Table) -> None:
    as_register = tidy.tabulate(snapshots(pocket.Register(SECOND), "2025-06-01"))
    ours, theirs = figures.by(*tidy.KEY), as_register.by(*tidy.KEY)

    for key in (
        ("I1", "type", "COM"),
        ("I3", "zone", "metropole"),
        ("I3", "departement", "35"),
        ("I4", "population_communes", "0025000-0049999"),
        ("I5", "formule", "union_communes"),
        ("I7", "techno", "opendatasoft"),
        ("I9", "borne", "basse"),
    ):
        mine, other = ours[key[0], "v1.1.0", *key[1:]], theirs[key[0], "actuel", *key[1:]]
        assert (mine["numerateur"], mine["denominateur"]) == (
            other["numerateur"],
            other["denominateur"],
        )


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register whose repository has three tags, the first of which holds no register."""
    folder = tmp_path_factory.mktemp("registre")
    repo = Repo(folder)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    head = ""
    for tag, files, day in (
        ("v0.9.0", Memory({"README.md": b"# Code\n"}), "2023-01-01"),
        ("v1.0.0", FIRST, "2024-06-01"),
        ("v1.1.0", SECOND, "2025-06-01"),
    ):
        tree = repo.write_tree("", files)
        head = repo.commit(tree, [head] if head else [], tag, SOMEONE, f"{day}T12:00:00Z")
        repo.update_ref(f"refs/tags/{tag}", head, "")
    repo.update_ref("refs/heads/main", head, "")
    write(folder, NOW)
    return folder


def test_tags_that_hold_no_register_are_left_out(root: Path) -> None:
    repo = Repo(root)
    found = list(pasts.past(repo, history.versions(repo), NOW))

    assert [(p.tag, p.date) for p in found] == [("v1.0.0", "2024-06-01"), ("v1.1.0", "2025-06-01")]


def test_the_command_measures_the_tags_of_the_repository(
    root: Path, figures: Table, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["indicators", "--depot", str(root), "--date", pocket.DAY, "--format", "csv"]

    assert cli.main(words) == 0
    assert parse(capsys.readouterr().out.encode(), "t") == figures
    assert cli.main([*words, "--sans-versions"]) == 0
    alone = parse(capsys.readouterr().out.encode(), "t")
    assert set(alone.column("millesime")) == {"2022", "actuel"}


def test_the_summary_printed_has_a_column_per_version(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["indicators", "--depot", str(root), "--date", pocket.DAY]) == 0
    assert "|  | 2022 | v1.0.0 | v1.1.0 | actuel |" in capsys.readouterr().out


def test_a_register_without_repository_has_no_versions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, NOW)
    words = ["indicators", "--depot", str(tmp_path), "--format", "csv"]

    assert cli.main([*words, "--date", pocket.DAY]) == 0
    assert set(parse(capsys.readouterr().out.encode(), "t").column("millesime")) == {
        "2022",
        "actuel",
    }
    assert cli.main(words) == 2
    assert "git" in capsys.readouterr().err
