"""A stage of each kind: local, GitLab, GitHub, GitLab by pushes alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import forges_stage as stages
import pytest
from forges_stage import Online, Stage

from observatoire import git


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
