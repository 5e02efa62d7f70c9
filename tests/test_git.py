"""Git: what is read, what is made beside the working tree, what two people pushing get."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from observatoire import git
from observatoire.git import GitError, MergeConflict, Person, Repo, StaleRef, Tree

BOT = Person("Robot", "robot@example.org")
ANNE = Person("Anne", "anne@example.org")
DAY = "2026-01-05"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return git.init_bare(tmp_path / "depot.git")


def commit(repo: Repo, changes: dict[str, bytes | None], *parents: str, who: Person = BOT) -> str:
    tree = repo.write_tree(parents[0] if parents else "", changes)
    return repo.commit(tree, parents, "un message", who, DAY)


def test_the_same_content_gives_the_same_commit(repo: Repo) -> None:
    one = commit(repo, {"a.csv": b"x\n"})
    assert one == commit(repo, {"a.csv": b"x\n"})
    assert one == "4d87d049a832893ba8b76d3d81b5f09bb93c197f"


def test_a_tree_reads_back_what_was_written(repo: Repo) -> None:
    sha = commit(repo, {"data/a.csv": b"\xc3\xa9\r\n\0", "data/é b.csv": b"", "lisez.md": b"!"})
    tree = Tree(repo, sha)
    assert tree.read("data/a.csv") == b"\xc3\xa9\r\n\0"
    assert tree.read("data/é b.csv") == b""
    assert tree.read("data/absent.csv") is None
    assert tree.names("data") == ["data/a.csv", "data/é b.csv"]
    assert tree.names("ailleurs") == []
    assert tree.names("") == ["data/a.csv", "data/é b.csv", "lisez.md"]


def test_no_setting_of_the_machine_changes_what_is_written(repo: Repo) -> None:
    repo.run("config", "core.autocrlf", "input")
    sha = commit(repo, {"a.csv": b"x\r\n", ".gitattributes": b"*.csv text eol=lf\n"})
    assert Tree(repo, sha).read("a.csv") == b"x\r\n"


@pytest.mark.parametrize(
    ("date", "written"),
    [
        (DAY, "2026-01-05T00:00:00+00:00"),
        ("2026-01-05T18:30:00+01:00", "2026-01-05T18:30:00+01:00"),
    ],
)
def test_a_day_alone_is_midnight_universal_time(repo: Repo, date: str, written: str) -> None:
    sha = repo.commit(repo.write_tree("", {"a": b"1"}), [], "un message", BOT, date)
    assert [c.date for c in repo.log(sha)] == [written]


def test_changes_leave_the_other_files_and_the_modes_alone(repo: Repo) -> None:
    first = commit(repo, {"a": b"1", "b": b"2", "c": b"3"})
    second = commit(repo, {"a": b"un", "b": None, "absent": None, "d/e": b"4"}, first)
    assert repo.changed(first, second).keys() == {"a", "b", "d/e"}
    assert repo.changed(first, second)["b"] is None
    assert sorted(repo.entries(second)) == ["a", "c", "d/e"]


def test_an_executable_stays_executable(repo: Repo, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"1")
    blob = repo.line("hash-object", "-w", str(tmp_path / "x"))
    tree = repo.line("mktree", stdin=f"100755 blob {blob}\trun\n".encode())
    assert repo.entries(repo.write_tree(tree, {"run": b"2"}))["run"][0] == "100755"


def test_many_blobs_are_read_at_once(repo: Repo) -> None:
    sha = commit(repo, {f"f{i}": b"x" * i for i in range(50)})
    names = repo.entries(sha)
    read = list(repo.blobs([names[f"f{i}"][1] for i in range(50)]))
    assert read == [b"x" * i for i in range(50)]
    with pytest.raises(GitError, match="objet absent"):
        list(repo.blobs(["0" * 40]))


def test_versions_of_a_file_are_read_one_after_the_other(repo: Repo) -> None:
    first = commit(repo, {"é b.csv": b"1\n" * 300_000})
    second = commit(repo, {"é b.csv": b""}, first)
    third = commit(repo, {"é b.csv": None, "a": b"1"}, second)
    fourth = commit(repo, {"é b.csv": b"4"}, third)
    names = [f"{sha}:é b.csv" for sha in (first, second, third, fourth)]
    read = [None if c is None else bytes(c) for c in repo.each(names)]
    assert read == [b"1\n" * 300_000, b"", None, b"4"]
    assert list(repo.each([])) == []


def test_a_commit_tells_its_parents_and_the_rest_of_its_message(repo: Repo) -> None:
    first = commit(repo, {"a": b"1"})
    second = repo.commit(first + "^{tree}", [first], "titre\n\nSource: x\n\nfin\n", ANNE, DAY)
    [last, before] = repo.log(second)
    assert (last.subject, last.body, last.parents) == ("titre", "Source: x\n\nfin", (first,))
    assert (before.body, before.parents) == ("", ())


def test_history_tells_who_made_and_who_committed(repo: Repo) -> None:
    first = commit(repo, {"a": b"1"})
    second = commit(repo, {"b": b"2"}, first, who=ANNE)
    assert [c.sha for c in repo.log(second)] == [second, first]
    assert [c.sha for c in repo.log(second, path="a")] == [first]
    assert repo.people(f"{first}..{second}") == {"anne@example.org"}
    assert repo.people(f"{second}..{second}") == set()
    assert repo.log(first)[0].date == "2026-01-05T00:00:00+00:00"
    assert repo.log(first)[0].subject == "un message"


def test_ancestors(repo: Repo) -> None:
    first = commit(repo, {"a": b"1"})
    left = commit(repo, {"b": b"2"}, first)
    right = commit(repo, {"c": b"3"}, first)
    other = commit(repo, {"z": b"3"})
    assert repo.merge_base(left, right) == first
    assert repo.merge_base(left, other) is None
    assert repo.is_ancestor(first, left)
    assert not repo.is_ancestor(left, right)
    with pytest.raises(GitError):
        repo.is_ancestor("absent", left)


def test_a_merge_without_conflict_gives_a_tree_and_a_conflict_names_its_files(repo: Repo) -> None:
    first = commit(repo, {"a": b"1\n"})
    left = commit(repo, {"a": b"2\n"}, first)
    right = commit(repo, {"b": b"3\n"}, first)
    assert sorted(repo.entries(repo.merged_tree(left, right))) == ["a", "b"]
    with pytest.raises(MergeConflict) as conflict:
        repo.merged_tree(left, commit(repo, {"a": b"4\n"}, first))
    assert conflict.value.paths == ("a",)


def test_a_reference_moves_only_from_where_it_was_read(repo: Repo) -> None:
    first = commit(repo, {"a": b"1"})
    second = commit(repo, {"a": b"2"}, first)
    repo.update_ref("refs/heads/b", first, "")
    with pytest.raises(StaleRef):
        repo.update_ref("refs/heads/b", second, "")
    with pytest.raises(StaleRef):
        repo.update_ref("refs/heads/b", second, second)
    repo.update_ref("refs/heads/b", second, first)
    assert repo.resolve("b") == second
    with pytest.raises(StaleRef):
        repo.update_ref("refs/heads/b", "", first)
    repo.update_ref("refs/heads/b", "", second)
    assert repo.resolve("b") is None


def test_a_push_is_refused_when_somebody_pushed_first(repo: Repo, tmp_path: Path) -> None:
    work = git.init_bare(tmp_path / "autre.git")
    remote, branch = str(repo.path), "refs/heads/bot"
    first = commit(work, {"a": b"1"})
    theirs = commit(work, {"a": b"2"}, first)
    ours = commit(work, {"a": b"3"}, first)
    work.push(remote, first, branch, "")
    work.push(remote, theirs, branch, first)
    for sha in (ours, ""):
        with pytest.raises(StaleRef):
            work.push(remote, sha, branch, first)
    with pytest.raises(StaleRef):
        work.push(remote, ours, branch, "")
    assert work.remote_ref(remote, branch) == theirs
    work.push(remote, "", branch, theirs)
    assert work.remote_ref(remote, branch) is None


def test_fetching_brings_objects_and_moves_nothing(repo: Repo, tmp_path: Path) -> None:
    sha = commit(repo, {"a": b"1"})
    repo.update_ref("refs/heads/main", sha, "")
    work = git.clone(str(repo.path), tmp_path / "clone")
    newer = commit(repo, {"a": b"2"}, sha)
    repo.update_ref("refs/heads/main", newer, sha)
    work.fetch(str(repo.path), "refs/heads/main")
    assert Tree(work, newer).read("a") == b"2"
    assert (tmp_path / "clone" / "a").read_bytes() == b"1"
    assert not (tmp_path / "clone" / ".git" / "FETCH_HEAD").exists()


def test_a_quarantine_leaves_no_object_behind(repo: Repo) -> None:
    first = commit(repo, {"a": b"1"})
    with repo.quarantine() as apart:
        sha = commit(apart, {"a": b"2"}, first)
        assert "+2" in apart.diff(first, sha)
    assert repo.resolve(sha) is None


def test_a_tag_is_annotated_dated_and_never_moved(repo: Repo) -> None:
    sha = commit(repo, {"a": b"1"})
    repo.tag("v1.0.0", sha, "Registre v1.0.0", ANNE, "2026-02-01")
    seen = repo.line(
        "for-each-ref", "--format=%(objecttype) %(taggeremail) %(taggerdate:iso-strict)"
    )
    assert seen == "tag <anne@example.org> 2026-02-01T00:00:00+00:00"
    with pytest.raises(GitError, match="already exists"):
        repo.tag("v1.0.0", sha, "encore", ANNE, "2026-02-01")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://robot:s3cret@forge.example/x.git", "https://***@forge.example/x.git"),
        ("jeton glpat-AbCd_1234-xyz refusé", "jeton *** refusé"),
        ("ghp_0123456789abcdef", "***"),
        ("github_pat_11AAAA_bbbbb", "***"),
        ("Authorization: Basic dTpw", "Authorization: ***"),
        ("https://forge.example/x.git", "https://forge.example/x.git"),
    ],
)
def test_errors_never_show_a_secret(said: str, shown: str) -> None:
    assert git.redact(said) == shown


def test_a_password_in_a_header_is_a_secret_as_it_travels_and_decoded() -> None:
    sent = base64.b64encode(b"robot:s3cret").decode()
    variables = {"GIT_CONFIG_VALUE_0": f"Authorization: Basic {sent}", "TZ": "UTC", "A": "b c"}

    assert git.program.credentials(variables) == [sent, "s3cret"]


def test_a_refusal_by_git_carries_its_message_without_the_password(repo: Repo) -> None:
    with pytest.raises(GitError) as refused:
        repo.fetch("file://robot:s3cret@/nulle/part", "refs/heads/main")
    assert "git fetch" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_the_environment_of_a_hook_does_not_lead_git_elsewhere(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sha = commit(repo, {"a": b"1"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "ailleurs.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("LANGUAGE", "fr")
    assert Tree(repo, sha).read("a") == b"1"
