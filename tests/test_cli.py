"""The command line: discovery, help, exit status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from observatoire import __version__, cli

HEAVY = {"aiohttp", "asyncio", "dataclasses", "frictionless", "inspect", "rich"}
"""What a short command does without."""


def observatoire(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "observatoire", *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_help_names_every_command(root: Path) -> None:
    done = observatoire("--help", cwd=root)

    assert done.returncode == 0
    assert [c for c in cli.discover() if c not in done.stdout] == []


@pytest.mark.parametrize("name", sorted(cli.discover()))
def test_each_command_has_a_french_help_line_and_help_of_its_own(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    module = cli.discover()[name]
    with pytest.raises(SystemExit) as stopped:
        cli.main([name, "--help"])

    assert stopped.value.code == 0
    assert module.HELP in " ".join(capsys.readouterr().out.split())
    assert len(module.HELP) > 15


@pytest.mark.parametrize(
    "args", [[], ["inconnue"], ["package", "--inconnue"]], ids=["none", "command", "option"]
)
def test_wrong_usage_exits_with_2(args: list[str], root: Path) -> None:
    assert observatoire(*args, cwd=root).returncode == 2


def test_wrong_usage_is_explained_in_french(root: Path) -> None:
    done = observatoire("package", "--inconnue", cwd=root)

    assert done.stderr.startswith("utilisation : observatoire")
    assert "argument(s) inconnu(s) : --inconnue" in done.stderr


def test_outside_a_register_one_sentence_says_so_and_exits_with_1(tmp_path: Path) -> None:
    done = observatoire("package", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stderr.startswith("aucun registre ici")
    assert "Traceback" not in done.stderr


def test_asking_for_help_imports_no_heavy_library(root: Path) -> None:
    code = "import sys, observatoire.cli as c; c.parser(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )

    assert (HEAVY | {"jinja2", "rapidfuzz"}) & set(done.stdout.split()) == set()


def loaded(*words: str, cwd: Path) -> set[str]:
    """The modules that a command has loaded by the time it ends well."""
    code = "import sys, observatoire.cli as c; s = c.main(); print(*sys.modules); sys.exit(s)"
    done = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_to_find_nothing_to_correct_loads_no_heavy_module(root: Path) -> None:
    modules = loaded("validate", cwd=root)

    assert HEAVY & modules == set()
    assert "observatoire.reference.vintage" in modules


def test_to_compare_two_files_loads_no_heavy_module(tmp_path: Path) -> None:
    (tmp_path / "avant.csv").write_text("siren,nom\n213502388,Rennes\n", "utf-8")
    (tmp_path / "apres.csv").write_text("siren,nom\n213502388,RENNES\n", "utf-8")
    modules = loaded("diff", "avant.csv", "apres.csv", "--cle", "siren", cwd=tmp_path)

    assert HEAVY & modules == set()
    assert "observatoire.history.beside" in modules


def test_a_command_is_read_the_same_alone_and_among_the_others() -> None:
    alone = cli.parser("package").parse_args(["package", "--depot", "x"])
    among = cli.parser().parse_args(["package", "--depot", "x"])

    assert alone == among
    assert [*cli.discover("package")] == ["package"]
    assert cli.discover("inconnue") == cli.discover()


def test_the_version_is_said_without_looking_for_the_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "discover", lambda *_: pytest.fail("the commands were imported"))
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"observatoire {__version__}\n"
