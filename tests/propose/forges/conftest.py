"""A stage of each kind: local, GitLab, GitHub, GitLab by pushes alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import forges_stage as stages
import pytest
from forges_stage import JOB_TOKEN, ROBOT, TOKEN, Online, Stage

from observatoire import git
from observatoire.demo.forge.fictive import ForgeFictive


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
