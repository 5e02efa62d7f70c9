"""The scratch copy of the demonstration: the past register, and no way out to a real forge."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from observatoire import git
from observatoire.demo import scratch
from observatoire.model import Breakdown


def test_tokens_are_hidden_for_the_time_of_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OBSERVATOIRE_JETON", "secret")
    monkeypatch.setenv("GITHUB_TOKEN", "secret")
    with scratch.offline():
        assert "secret" not in os.environ.values()
    assert os.environ["OBSERVATOIRE_JETON"] == os.environ["GITHUB_TOKEN"] == "secret"


def test_the_copy_holds_the_register_of_the_earlier_edition(root: Path, tmp_path: Path) -> None:
    folder = scratch.prepare(root, tmp_path / "copie")

    past = (root / "data/editions/2021/organisations.csv").read_bytes()
    assert (folder / "data/organisations.csv").read_bytes() == past
    assert not list(folder.glob("data/moissons/*.csv"))
    assert git.Repo(folder).line("status", "--porcelain") == ""
    assert git.Repo(folder).line("log", "-1", "--format=%s") == "Registre d'octobre 2022"


def test_the_copy_replaces_the_one_before(root: Path, tmp_path: Path) -> None:
    folder = scratch.prepare(root, tmp_path / "copie")
    first = git.Repo(folder).resolve("HEAD")
    (folder / "reste").write_text("x", encoding="utf-8")

    assert git.Repo(scratch.prepare(root, folder)).resolve("HEAD") == first
    assert not (folder / "reste").exists()


def test_a_folder_that_is_no_demonstration_is_not_erased(root: Path, tmp_path: Path) -> None:
    (tmp_path / "mes-notes.md").write_text("à garder")
    for folder in (tmp_path, tmp_path / "mes-notes.md"):
        with pytest.raises(Breakdown, match="et serait effacé : donnez après --copie"):
            scratch.prepare(root, folder)
    assert (tmp_path / "mes-notes.md").read_text() == "à garder"


def test_the_usual_place_of_the_demonstration_is_its_own(tmp_path: Path) -> None:
    own, empty, other = tmp_path / ".observatoire/demo", tmp_path / "vide", tmp_path / "autre"
    for folder in (own, empty, other):
        folder.mkdir(parents=True)
    for folder in (own, other):
        (folder / "x").touch()
    assert [scratch._may_go(tmp_path, f) for f in (own, empty, other)] == [True, True, False]
