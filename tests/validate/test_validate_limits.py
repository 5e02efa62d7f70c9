"""Garbage and floods: a clear sentence, bounded reports, and no crash."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import specimen
from depot_git import commit_all

from observatoire import cli
from observatoire.validate import engine, reports
from observatoire.validate.report import KEPT

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bytes(range(256)) * 40, "un octet nul"),
        (b"\xde\xad\xbe\xef" * 100, "pas en UTF-8"),
        (b"", "le fichier est vide"),
        (b"a" * 3_000_000, "dépasse 100000 caractères"),
        (b"\n" * 5_000, "le fichier est vide"),
        (b"," * 50_000 + b"\n", "ne donne pas le nom des colonnes"),
        (b'"' * 9_999 + b"\n", "guillemet"),
        (b"[" * 200_000, "du JSON"),
        (b"<html>" * 100, "une page HTML"),
        (b"PK\x03\x04" + b"x" * 999, "un classeur"),
    ],
)
def test_garbage_gives_a_clear_sentence_and_status_1(
    depot: Path, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    (depot / "data" / "organisations.csv").write_bytes(content)
    assert cli.main(["validate", "--depot", str(depot), "organisations"]) == 1
    seen = capsys.readouterr().out
    assert words in seen
    assert len(seen) < 2_000


@pytest.mark.parametrize(
    ("gigabytes", "said"), [(1, "cette ligne dépasse 100000 caractères"), (3, "dépasse 2048 Mo")]
)
def test_gigabytes_without_a_line_are_refused_without_being_read(
    depot: Path, capsys: pytest.CaptureFixture[str], gigabytes: int, said: str
) -> None:
    with (depot / "data" / "organisations.csv").open("wb") as out:
        out.truncate(gigabytes << 30)
    assert cli.main(["validate", "--depot", str(depot), "organisations"]) == 1
    assert said in capsys.readouterr().out


def test_deeply_nested_json_is_refused_in_a_sentence(
    depot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (depot / "schemas" / "organisations.json").write_text("[" * 100_000)
    assert cli.main(["validate", "--depot", str(depot)]) == 1
    assert "schemas/organisations.json" in capsys.readouterr().out


def test_a_hundred_thousand_errors_make_a_bounded_report() -> None:
    line = "{:09},,zzz,999,,x,y,-1,Rien,,actif\n"
    head = specimen.TABLES["organisations"].splitlines()[0]
    text = head + "\n" + "".join(line.format(i) for i in range(15_000))
    report = engine.run(specimen.register(organisations=text), TODAY)
    assert report.errors > 100_000
    assert max(len(t.first) for t in report.tallies) == KEPT
    for name in ("terminal", "markdown"):
        assert len(reports.renderer(name)(report)) < 60_000
    assert json.loads(reports.renderer("json")(report))["erreurs"] == report.errors


def test_three_mistakes_on_two_lines_are_named_exactly_with_their_fix_then_the_note_turns_green(
    depot: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commit_all(depot)
    path = depot / "data" / "organisations.csv"
    sound = path.read_text()
    wrong = sound.replace("219300662,Saint-Denis,COM,93", "219300662,Saint-Denis,com,93")
    wrong = wrong.replace("48.1147,-1.6794", '"48,1147",-1.67940')
    path.write_text(wrong)
    command = ["validate", "--depot", str(depot), "--depuis", "main", "--format", "markdown"]
    assert cli.main(command) == 1
    note = capsys.readouterr().out
    rows = [x for x in note.splitlines() if x.startswith("| `data/")]
    assert rows == [
        "| `data/organisations.csv` ligne 5, longitude | Rennes Métropole | `-1.67940` se note"
        " `-1.6794` : pas de zéro, de signe ni d'espace inutile dans un nombre. |",
        "| `data/organisations.csv` ligne 5, latitude | Rennes Métropole | `48,1147` n'est pas un"
        " nombre : écrivez `48.1147`, avec un point et non une virgule. |",
        "| `data/organisations.csv` ligne 4, type | Saint-Denis | `com` n'est pas dans la liste des"
        " valeurs permises : écrivez `COM`. |",
    ]
    assert len(note.splitlines()) < 40
    command[-1] = "suggestions"
    cli.main(command)
    notes = json.loads(capsys.readouterr().out)
    assert [n["ligne"] for n in notes] == [4, 5]
    lines = wrong.splitlines()
    for one in notes:
        lines[one["ligne"] - 1] = one["texte"].split("```suggestion:-0+0\n")[1].split("\n```")[0]
    assert "\n".join(lines) + "\n" == sound
    path.write_text(sound)
    command[-1] = "markdown"
    assert cli.main(command) == 0
    assert "✅ Tout est bon dans ce changement" in capsys.readouterr().out
