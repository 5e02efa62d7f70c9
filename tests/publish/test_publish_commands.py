"""`observatoire release` and `observatoire site`, as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_register import files

from observatoire import cli
from observatoire.files import write
from observatoire.git import Person, Repo, Tree, init_bare

SOMEONE = Person("Une personne", "personne@example.org")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register in a folder with its repository, committed on main."""
    folder = tmp_path / "registre"
    write_all(folder)
    repo = Repo(folder)
    repo.run("init", "--quiet", "--initial-branch=main", ".")
    commit = repo.commit(repo.write_tree("", files()), [], "Données", SOMEONE, "2026-11-23")
    repo.update_ref("refs/heads/main", commit, "")
    return folder


def write_all(folder: Path) -> None:
    folder.mkdir()
    write(folder, files())


def call(root: Path, *words: str) -> int:
    return cli.main([*words, "--depot", str(root)])


def test_a_dry_run_says_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(p.relative_to(root) for p in root.rglob("*") if ".git" not in p.parts)

    assert call(root, "release", "--a-blanc") == 0
    assert "Version v1.0.0 du registre, 23 novembre 2026" in capsys.readouterr().out
    assert Repo(root).line("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert sorted(p.relative_to(root) for p in root.rglob("*") if ".git" not in p.parts) == before


def test_a_version_without_address_says_so_and_guesses_none(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI_PROJECT_URL", "https://forge.example/a/b")
    assert call(root, "release") == 0
    said = capsys.readouterr().err
    settings = Tree(Repo(root), "v1.0.0").read("publication/datami/options.json") or b""

    assert "les réglages de Datami sont faits sans adresse" in said
    assert "observatoire package --adresse https://forge.example/a/b" in said
    assert b"forge.example" not in settings


def test_an_address_that_datami_cannot_read_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "release", "--a-blanc", "--projet", "https://forge.example/a/b") == 0
    assert "il n'affichera pas les données de « https://forge.example/a/b »" in (
        capsys.readouterr().err
    )


def test_a_release_then_its_page(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(root, "release") == 0
    assert (root / ".observatoire/releases/v1.0.0/registre.zip").is_file()
    assert call(root, "site") == 0
    page = (root / "public/index.html").read_text(encoding="utf-8")
    assert "v1.0.0" in page
    assert (root / "public/donnees/registre.zip").read_bytes() == (
        root / ".observatoire/releases/v1.0.0/registre.zip"
    ).read_bytes()
    assert "branche publie, étiquette v1.0.0" in capsys.readouterr().out


def test_both_commands_are_idempotent(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["release"], ["site"], ["release"], ["site"]):
        assert call(root, *words) == 0
    said = capsys.readouterr().out

    assert "Ce commit est déjà publié : version v1.0.0." in said
    assert " 0 écrit, 0 supprimé)" in said


def test_an_older_archive_leaves_the_page(root: Path) -> None:
    call(root, "release")
    old = root / "public/donnees/registre-v0.9.0.zip"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")

    assert call(root, "site") == 0
    assert not old.exists()


def test_a_page_without_a_version_is_a_breakdown(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "site") == 2
    assert "aucune version n'est publiée" in capsys.readouterr().err


def test_a_version_that_does_not_exist_is_said(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(root, "release")

    assert call(root, "site", "--version", "9.9.9") == 2
    assert "la version v9.9.9 n'existe pas" in capsys.readouterr().err


def test_a_wrong_number_is_one_french_sentence(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "release", "--version", "deux") == 1
    assert "n'est pas un numéro de version" in capsys.readouterr().err


def test_a_self_hosted_forge_is_warned_about(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "release", "--projet", "https://git.example.org/a/b") == 0
    assert "Datami ne sait lire que gitlab.com" in capsys.readouterr().err


def test_a_release_is_sent_where_it_is_asked(root: Path, tmp_path: Path) -> None:
    other = init_bare(tmp_path / "forge.git")

    assert call(root, "release", "--pousser", str(other.path)) == 0
    assert other.resolve("refs/heads/publie") == Repo(root).resolve("refs/tags/v1.0.0")
    assert other.line("tag", "--list") == "v1.0.0"
