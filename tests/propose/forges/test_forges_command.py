"""`observatoire propose` on forges over HTTP, as a pipeline runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from forges_stage import BRANCH, TOKEN
from propose_register import AMANLIS, Desk, account, make

from observatoire.demo.forge.fictive import ForgeFictive


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("registre")).root


@pytest.fixture
def desk(model: Path, tmp_path: Path, fictive: ForgeFictive) -> Desk:
    """A clone with a new harvest, whose main is on the forge."""
    shutil.copytree(model, tmp_path / "registre")
    desk = Desk(tmp_path / "registre")
    desk.repo.run("push", str(fictive.store.repo.path), "HEAD:refs/heads/main")
    desk.harvest(account("bbb", "Mairie d'Amanlis", 4, AMANLIS))
    return desk


def test_a_harvest_becomes_one_request_however_often_it_runs(
    desk: Desk, fictive: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        assert desk.propose() == 0
    (made,) = fictive.store.requests
    assert (made.source, made.state, made.author.username) == (BRANCH, "opened", "robot")
    assert "1 organisme" in made.body
    said = capsys.readouterr()
    assert "demande 1 ouverte" in said.out
    assert "demande 1 dit déjà tout" in said.out
    assert f"{fictive.url}/{fictive.project}/" in said.out
    assert TOKEN not in said.out + said.err


def test_a_dry_run_reads_the_forge_and_writes_nothing_there(
    desk: Desk, fictive: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.propose("--a-blanc") == 0
    assert f"Branche : {BRANCH}" in capsys.readouterr().out
    assert fictive.store.requests == []
    assert fictive.store.tip(BRANCH) is None


def test_a_refused_token_is_a_breakdown_without_traceback(
    desk: Desk, fictive: ForgeFictive, capsys: pytest.CaptureFixture[str]
) -> None:
    fictive.store.tokens.clear()
    fictive.store.hidden = True
    assert desk.propose() == 2
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert "caché" in said.err or "ne s'ouvre pas avec" in said.err or "jeton" in said.err
    assert TOKEN not in said.out + said.err
