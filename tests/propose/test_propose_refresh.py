"""After a merge, the other open requests are built again on main, from the harvests they hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from propose_register import ACIGNE, AMANLIS, ANNE, BRECE, Desk, account, make

from observatoire.git import MergeConflict

RENNES = {"plateforme": "rennes", "url": "https://data.rennes.example/brece"}
DAY = "2026-01-06"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with the requests of two sources, on neighbouring lines."""
    desk = make(tmp_path_factory.mktemp("registre"))
    desk.harvests(
        {
            "datagouv": [account("bbb", "Mairie d'Amanlis", 4, AMANLIS)],
            "opendatasoft": [account("Brécé", "Mairie de Brécé", 2, BRECE) | RENNES],
        }
    )
    desk.propose()
    desk.repo.run("checkout", "--quiet", "main", "--", "data")
    for left in desk.repo.line("ls-files", "--others", "data").splitlines():
        (desk.root / left).unlink()
    return desk.root


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Desk:
    shutil.copytree(model, tmp_path / "registre")
    return Desk(tmp_path / "registre")


def merged(desk: Desk) -> None:
    desk.forge.merge(1, ANNE, DAY)


def test_a_merge_puts_the_other_request_in_conflict(desk: Desk) -> None:
    merged(desk)
    with pytest.raises(MergeConflict, match="conflit"):
        desk.forge.merge(2, ANNE, DAY)


def test_a_refreshed_request_merges_and_loses_nothing(desk: Desk) -> None:
    merged(desk)
    assert desk.propose("--rafraichir", day=DAY) == 0
    desk.forge.merge(2, ANNE, DAY)
    assert {r["siren"] for r in desk.rows("organisations", "main")} == {ACIGNE, AMANLIS, BRECE}
    assert {(r["plateforme"], r["nb_jeux"]) for r in desk.rows("publications", "main")} == {
        ("data-gouv-fr", "9"),
        ("data-gouv-fr", "4"),
        ("rennes", "2"),
    }


def test_refreshing_twice_writes_once(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    merged(desk)
    desk.propose("--rafraichir", day=DAY)
    tip = desk.forge.repo.resolve("bot-moisson-opendatasoft")
    text = desk.forge.get(2).body
    capsys.readouterr()
    assert desk.propose("--rafraichir", day="2026-01-07") == 0
    assert "la demande 2 dit déjà tout" in capsys.readouterr().out
    assert (desk.forge.repo.resolve("bot-moisson-opendatasoft"), desk.forge.get(2).body) == (
        tip,
        text,
    )


def test_a_request_that_a_person_edited_is_left_to_her(desk: Desk) -> None:
    merged(desk)
    desk.commits({"data/refus.csv": None}, "bot-moisson-opendatasoft")
    tip = desk.forge.repo.resolve("bot-moisson-opendatasoft")
    desk.propose("--rafraichir", day=DAY)
    assert desk.forge.repo.resolve("bot-moisson-opendatasoft") == tip


def test_without_an_open_request_there_is_nothing_to_refresh(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        desk.forge.close(number, desk.forge.get(number).body, DAY)
    assert desk.propose("--rafraichir", day=DAY) == 0
    assert "Aucune demande ouverte : rien à rafraîchir." in capsys.readouterr().out
    assert desk.propose("--rafraichir", "--source", "datagouv", day=DAY) == 2
    assert "aucune demande ouverte de « datagouv »" in capsys.readouterr().err
