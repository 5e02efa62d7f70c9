"""A release sent to a forge, as a person runs it; a tag signed with a key."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from small_register import files

from observatoire import cli
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.files import write
from observatoire.git import Person, Repo, init_bare

SOMEONE = Person("Une personne", "personne@example.org")
TOKEN = "un-jeton-tres-secret-0123456789"
ROBOT = Account(11, "robot", "Robot", "robot@example.org")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register in a folder with its repository, committed on main."""
    folder = tmp_path / "registre"
    folder.mkdir()
    write(folder, files())
    repo = Repo(folder)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    commit = repo.commit(repo.write_tree("", files()), [], "Données", SOMEONE, "2026-11-23")
    repo.update_ref("refs/heads/main", commit, "")
    return folder


def release(root: Path, *words: str) -> int:
    return cli.main(["release", "--forge", *words, "--depot", str(root)])


def test_the_local_forge_gets_branch_tag_and_files(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert release(root) == 0
    folder = root / ".observatoire/forge"
    version = folder / "versions/v1.0.0"
    note = json.loads((version / "version.json").read_text("utf-8"))

    assert "refs/tags/v1.0.0" in Repo(folder / "depot.git").refs()
    assert "refs/heads/publie" in Repo(folder / "depot.git").refs()
    assert note["titre"] == "Version v1.0.0 du registre, 23 novembre 2026"
    assert {p.name for p in version.iterdir()} == {*note["fichiers"], "version.json"}
    assert str(version) in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["gitlab", "github"])
def test_a_forge_gets_one_release_however_often_it_runs(
    root: Path, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with ForgeFictive(root.parent / "forge") as fictive:
        fictive.admit(ROBOT, TOKEN)
        for name, value in environment(kind, fictive).items():
            monkeypatch.setenv(name, value)
        assert release(root) == 0
        tagged = Repo(root).refs()["refs/tags/v1.0.0"]
        assert release(root) == 0
        found = fictive.store.releases
        sent = fictive.store.repo.refs()

    assert [r.tag for r in found] == ["v1.0.0"]
    assert "registre.zip" in {f.name for f in found[0].files}
    assert found[0].body == "Première version publiée.\n"
    assert sent["refs/tags/v1.0.0"] == tagged
    assert TOKEN not in capsys.readouterr().out


def environment(kind: str, fictive: ForgeFictive) -> dict[str, str]:
    if kind == "github":
        api = f"{fictive.url}/api/v3"
        place = {"GITHUB_SERVER_URL": fictive.url, "GITHUB_API_URL": api}
        return place | {"GITHUB_REPOSITORY": fictive.project, "GITHUB_TOKEN": TOKEN}
    place = {"CI_SERVER_URL": fictive.url, "CI_PROJECT_PATH": fictive.project}
    return place | {"OBSERVATOIRE_JETON": TOKEN}


def test_a_version_goes_to_every_mirror_once(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mirrors = [init_bare(tmp_path / name) for name in ("un.git", "deux.git")]
    words = [word for m in mirrors for word in ("--pousser", str(m.path))]
    for _ in range(2):
        assert cli.main(["release", *words, "--depot", str(root)]) == 0

    said = capsys.readouterr().out
    for mirror in mirrors:
        assert set(mirror.refs()) == {"refs/heads/publie", "refs/tags/v1.0.0"}
        assert said.count(str(mirror.path)) == 2


def test_a_tag_is_signed_when_git_has_a_key_for_it(root: Path, tmp_path: Path) -> None:
    key = tmp_path / "cle"
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "publication", "-f", str(key)],
        check=True,
    )
    repo = Repo(root)
    allowed = tmp_path / "signataires"
    allowed.write_text(f"publication@observatoire.invalid {Path(f'{key}.pub').read_text()}")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingkey", str(key)),
        ("gpg.ssh.allowedSignersFile", str(allowed)),
    ):
        repo.run("config", name, value)
    assert release(root) == 0

    assert "BEGIN SSH SIGNATURE" in repo.line("cat-file", "tag", "v1.0.0")
    assert repo.succeeds("tag", "--verify", "v1.0.0")


def test_a_tag_is_not_signed_by_a_person_s_own_habits(root: Path) -> None:
    Repo(root).run("config", "tag.gpgSign", "true")
    assert release(root) == 0

    assert "SIGNATURE" not in Repo(root).line("cat-file", "tag", "v1.0.0")
