"""A forge fictive with one commit on main, and the real clients of its faces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gitlab
import pytest
from gitlab.v4.objects import Project

from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.git import Person

ANNE = Person("Anne", "anne@example.org")
ROBOT = Account(11, "robot", "Robot", "robot@example.org")
STRANGER = Account(13, "inconnu", "Inconnu", "inconnu@example.org", member=False)


@pytest.fixture
def fictive(tmp_path: Path) -> Iterator[ForgeFictive]:
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, "jeton")
    forge.admit(ROBOT, "jeton-lecture", ("read_api",))
    forge.admit(ROBOT, "jeton-tache", (), job=True)
    forge.admit(STRANGER, "jeton-inconnu")
    repo = forge.store.repo
    tree = repo.write_tree("", {"data/a.csv": b"id\n1\n"})
    repo.update_ref("refs/heads/main", repo.commit(tree, [], "premier", ANNE, "2026-01-01"), "")
    with forge:
        yield forge


@pytest.fixture
def project(fictive: ForgeFictive) -> Iterator[Project]:
    """The project through python-gitlab, as a member."""
    with gitlab.Gitlab(fictive.url, private_token="jeton") as client:
        yield client.projects.get(fictive.project)
