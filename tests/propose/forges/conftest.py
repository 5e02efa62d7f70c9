"""A stage of each kind: local, GitLab, GitHub, GitLab by pushes alone; a place for issues."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import forges_stage as stages
import pytest
from forges_stage import BRANCH, JOB_TOKEN, ROBOT, TOKEN, Online, Stage, patient
from propose_register import Desk, account, make
from tickets_stage import Place

from observatoire import git
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.propose.forges import Forge


@pytest.fixture
def kind() -> str:
    """The forge of a test that is about one."""
    return "gitlab"


@pytest.fixture
def stage(kind: str, tmp_path: Path) -> Iterator[Stage]:
    """A clone and a forge, each with one commit on main."""
    if kind == "local":
        yield stages.local(tmp_path)
        return
    with stages.online(kind, tmp_path) as fictive:
        clone = git.init_bare(tmp_path / "clone.git")
        stages.seed(clone)
        yield Online(kind, clone, fictive)


@pytest.fixture(params=["gitlab", "github", "push"])
def fictive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ForgeFictive]:
    """A forge, and the environment of a pipeline that knows it."""
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, TOKEN)
    forge.admit(ROBOT, JOB_TOKEN, (), job=True)
    with forge, pytest.MonkeyPatch.context() as patch:
        for name, value in stages.environment(request.param, forge.url).items():
            patch.setenv(name, value)
        yield forge


@pytest.fixture(scope="session")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a second commune in its reference, and one account."""
    made = make(tmp_path_factory.mktemp("registre"))
    made.settled(account("aaa", "Acigné"))
    return made.root


@pytest.fixture
def place(
    kind: str, reported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A clone of its own, a forge that knows it, and people with issues."""
    shutil.copytree(reported, tmp_path / "registre")
    clone = Desk(tmp_path / "registre")
    if kind == "local":
        yield Place(kind, clone, None)
        return
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, TOKEN)
    clone.repo.run("push", str(forge.store.repo.path), "HEAD:refs/heads/main")
    with forge:
        for name, value in stages.environment(kind, forge.url).items():
            monkeypatch.setenv(name, value)
        yield Place(kind, clone, forge)


@pytest.fixture
def slept() -> list[float]:
    """How long the forge would have waited, each time."""
    return []


@pytest.fixture
def forge(stage: Online, slept: list[float]) -> Forge:
    """A forge whose waits are written down; the branch to propose is there."""
    stages.commit(stage, "main", {"lisez-moi.md": b"!\n"})
    base = stage.bare.resolve("refs/heads/main") or ""
    stage.bare.update_ref(f"refs/heads/{BRANCH}", base, "")
    stages.commit(stage, BRANCH, {"data/organisations.csv": b"siren,nom\n1,Deux\n"})
    return patient(stage.kind, stage.fictive, slept)
