"""Git's objects asked of one process: the same answers as git's own commands."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from observatoire.git import GitError, Person, Repo, Tree, init_bare
from observatoire.git.objects import CommitFiles, Objects
from observatoire.git.reader import Reader

CONTENT = {
    "README.md": b"# Register\n",
    "data/a.csv": b"siren,nom\n1,Rennes\n",
    "data/editions/2022/édition.csv": b"",
    "data/editions/2022/b.csv": bytes(range(256)) * 5000,
}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = init_bare(tmp_path / "depot.git")
    who = Person("Une personne", "personne@example.org")
    commit = made.commit(made.write_tree("", CONTENT), [], "Données", who, "2026-11-23")
    made.update_ref("refs/heads/main", commit, "")
    made.tag("v1.0.0", commit, "Version", who, "2026-11-23")
    return made


def test_a_commit_is_found_by_every_name_that_git_knows(repo: Repo) -> None:
    with Objects(repo) as objects:
        found = {objects.commit(name) for name in ("main", "v1.0.0", "refs/tags/v1.0.0")}
        assert found == {repo.resolve("main")}
        assert objects.commit(next(iter(found))[:10] if found else "") in found


@pytest.mark.parametrize("name", ["absent", "", "main\nmain", "main:README.md", "--help", "a b"])
def test_what_names_no_commit_is_none_and_the_next_question_is_answered(
    repo: Repo, name: str
) -> None:
    with Objects(repo) as objects:
        assert objects.commit(name) is None
        assert objects.commit("main") == repo.resolve("main")


def test_what_is_begun_ahead_is_what_a_reading_gives(repo: Repo) -> None:
    with Objects(repo) as objects:
        objects.ahead("main:README.md")
        found = objects.read("main:README.md")
        assert found is not None
        assert found[1] == CONTENT["README.md"]


def test_what_is_begun_ahead_and_not_wanted_does_not_answer_the_next_question(repo: Repo) -> None:
    with Objects(repo) as objects:
        objects.ahead("main:data/editions/2022/b.csv")
        found = objects.read("main:README.md")
        assert found is not None
        assert found[1] == CONTENT["README.md"]
        objects.ahead("main:data/editions/2022/b.csv")
        objects.ahead("main:data/a.csv")
        found = objects.read("main:data/a.csv")
        assert found is not None
        assert found[1] == CONTENT["data/a.csv"]
        objects.ahead("main:data/editions/2022/b.csv")


def test_a_repository_that_git_cannot_read_is_said_where_the_answer_is_wanted(
    tmp_path: Path,
) -> None:
    with Objects(Reader(tmp_path)) as objects:
        objects.ahead("main")
        with pytest.raises(GitError, match="interrompue"):
            objects.read("main")


class Cut(Reader):
    """A repository whose git ends in the middle of its answer."""

    said = ""

    def command(self, _: Sequence[str]) -> list[str]:
        """Say a part of an answer, whatever is asked."""
        return ["printf", "%b", self.said]


@pytest.mark.parametrize("said", ["", "0a1b blo", "0a1b blob 9\\n", "0a1b blob 9\\nsiren,nom"])
def test_an_answer_cut_short_is_never_taken_for_a_whole_one(tmp_path: Path, said: str) -> None:
    cut = Cut(tmp_path)
    cut.said = said
    with Objects(cut) as objects, pytest.raises(GitError, match="interrompue"):
        objects.read("main:data/a.csv")


def test_a_machine_without_git_is_told_so(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nulle-part")
    with Objects(repo) as objects, pytest.raises(GitError, match="n'est pas installé"):
        objects.read("main")


def test_a_name_that_is_no_utf8_names_nothing(repo: Repo) -> None:
    with Objects(repo) as objects:
        assert objects.commit(os.fsdecode(b"caf\xe9")) is None


def test_the_files_of_a_commit_are_those_that_git_lists(repo: Repo) -> None:
    with Objects(repo) as objects:
        files, known = CommitFiles(objects, repo.resolve("main") or ""), Tree(repo, "main")

        for folder in ("", "data", "data/editions", "data/editions/", "absent", "data/a.csv"):
            assert files.names(folder) == known.names(folder)
        for path in (*CONTENT, "data", "absent", "data/a.csv/x"):
            assert files.read(path) == known.read(path)
        assert {p: files.blob(p) for p in CONTENT} == {
            p: blob for p, (_, blob) in repo.entries("main").items()
        }
