"""The command line: discovery, help, exit status."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
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
    assert "cette commande ne connaît pas : --inconnue" in done.stderr


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
    alone = cli.parser("package").parse_args(["package", "--depot", "."])
    among = cli.parser().parse_args(["package", "--depot", "."])

    assert alone == among
    assert [*cli.discover("package")] == ["package"]
    assert cli.discover("inconnue") == cli.discover()


def test_the_version_is_said_without_looking_for_the_commands(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "discover", lambda *_: pytest.fail("the commands were imported"))
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"observatoire {__version__}\n"


def examples() -> Iterator[tuple[str, list[str]]]:
    """The command lines that the help pages show, each with the command whose page it is."""
    for name, module in cli.discover().items():
        for line in getattr(module, "EPILOG", "").replace("\\\n", " ").splitlines():
            shown = re.match(r"  observatoire (\S.*?)(?:  | >|\Z)", line)
            if shown:
                yield name, shlex.split(shown[1])


@pytest.mark.parametrize(
    ("page", "words"), [pytest.param(*e, id=" ".join(e[1])) for e in examples()]
)
def test_each_example_of_a_help_page_is_a_right_command_line(page: str, words: list[str]) -> None:
    args = cli.parser(words[0]).parse_args(words)

    assert args.command == words[0]
    assert page in cli.discover()


def test_each_help_page_has_an_example_of_its_own_command() -> None:
    assert set(cli.discover()) == {page for page, words in examples() if words[0] == page}


def test_an_option_that_may_come_again_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["harvest", "--help"])

    said = " ".join(capsys.readouterr().out.split())
    assert "seulement cette source (répétable)" in said
    assert "à une autre adresse (privée au besoin ; répétable)" in said
    assert "ne rien garder (répétable)" not in said
    with pytest.raises(SystemExit):
        cli.main(["diff", "--help"])
    assert capsys.readouterr().out.count("répétable") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["validate", "--depot", "nulle-part"], "--depot : « nulle-part » n'est pas un dossier"),
        (["serve", "--port", "70000"], "--port : « 70000 » n'est pas un port : 65535 au plus"),
        (["relecture", "--demande", "-3"], "--demande : « -3 » n'est pas un nombre entier"),
        (["requests", "show", "x"], "N : « x » n'est pas un nombre entier"),
        (["run", "--date", "2026-13-01"], "« 2026-13-01 » n'est pas une date"),
        (["detect", "--base", "a"], "« a » n'est pas de la forme NOM=http://adresse"),
        (["candidates", "--permettre", "a"], "« a » n'est pas une adresse http:// ou https://"),
        (["run", "--base", "a"], "« a » n'est pas de la forme NOM=http://adresse"),
    ],
)
def test_a_wrong_value_is_told_before_anything_is_done(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(words)

    assert stopped.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (FileNotFoundError(2, "x", "a.md"), "a.md : ce fichier n'existe pas."),
        (FileExistsError(17, "x", "a.md"), "a.md : c'est un fichier : donnez un dossier."),
        (PermissionError(13, "x", "a.md"), "a.md : vous n'en avez pas le droit."),
        (OSError(28, "x"), "écriture impossible : le disque est plein."),
        (OSError(5, "Input/output error", "a.md"), "a.md : Input/output error."),
    ],
)
def test_what_the_disk_refuses_is_one_sentence(
    problem: OSError, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(args: object, screen: object) -> int:
        raise problem

    monkeypatch.setattr("observatoire.commands.package.run", run)

    assert cli.main(["package"]) == 2
    assert capsys.readouterr().err == f"{said}\n"


def test_a_reader_that_leaves_early_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(args: object, screen: object) -> int:
        raise BrokenPipeError

    monkeypatch.setattr("observatoire.commands.package.run", run)

    assert cli.main(["package"]) == 0
    assert capsys.readouterr().err == ""


def test_an_error_of_the_system_about_no_file_is_a_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(args: object, screen: object) -> int:
        raise OSError(5, "x")

    monkeypatch.setattr("observatoire.commands.package.run", run)

    with pytest.raises(OSError, match="x"):
        cli.main(["package"])
