"""The state of platforms, proposed on forges over HTTP: the memory of looks is kept there too."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from propose_register import Desk, make

from observatoire import files
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.liveness import ALIVE, SILENT, Looks, Rules, Sight, looks
from observatoire.propose.memory import BRANCH

WEEKS = ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23")
MUTE = Sight(SILENT, "cette page n'existe pas (code 404)")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("registre")).root


@pytest.fixture
def desk(model: Path, tmp_path: Path, fictive: ForgeFictive) -> Desk:
    """A clone whose main is on the forge."""
    shutil.copytree(model, tmp_path / "registre")
    desk = Desk(tmp_path / "registre")
    desk.repo.run("push", str(fictive.store.repo.path), "HEAD:refs/heads/main")
    return desk


def look(desk: Desk, day: str, rennes: Sight) -> int:
    """A round of looks, and what the bot makes of it."""
    sights = {"data-gouv-fr": Sight(ALIVE), "rennes": rennes}
    note = looks.write(Looks(date.fromisoformat(day), Rules(), sights))
    files.write(desk.root, {looks.PATH: note})
    return desk.propose("--source", "vivacite", day=day)


def test_a_series_of_failures_is_remembered_by_the_forge(desk: Desk, fictive: ForgeFictive) -> None:
    repo = fictive.store.repo
    for day in WEEKS[:2]:
        assert look(desk, day, MUTE) == 0
        assert not fictive.store.requests
    assert repo.resolve(f"refs/heads/{BRANCH}")
    assert look(desk, WEEKS[2], MUTE) == 0
    (made,) = fictive.store.requests
    assert (made.source, made.state) == ("bot-vivacite", "opened")
    assert "active → inactive" in made.body
    assert look(desk, WEEKS[2], MUTE) == 0
    assert len(fictive.store.requests) == 1
    assert look(desk, WEEKS[3], Sight(ALIVE)) == 0
    assert made.state == "closed"
    assert len(fictive.store.requests) == 1
