"""`observatoire diff` on two CSV files, outside any register."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from observatoire import cli

OLD = "siren,nom,statut\n1,Rennes,actif\n2,Brest,actif\n3,Vitré,actif\n"
NEW = 'statut,siren,nom\nactif,4,"Fougères, ville"\nactif,3,Vitré\ncesse,2,Brest\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of no register, with two versions of a table."""
    (tmp_path / "ancien.csv").write_text(OLD, "utf-8")
    (tmp_path / "nouveau.csv").write_text(NEW, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_two_files_are_compared_by_their_first_column_told_in_words(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "trie.csv").write_text(OLD.replace("Brest,actif", "Brest,cesse"), "utf-8")
    assert cli.main(["diff", "ancien.csv", "trie.csv"]) == 0
    assert capsys.readouterr().out == (
        "Entre ancien.csv et trie.csv\n\n"
        "trie : 1 ligne modifiée\n"
        "  ~ « Brest » (2) : statut : « cesse » au lieu de « actif »\n"
    )


def test_order_columns_and_quotes_do_not_count(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        cli.main(["diff", "ancien.csv", "nouveau.csv", "--cle", "siren", "--format", "json"]) == 0
    )
    [table] = json.loads(capsys.readouterr().out)["tables"]
    assert [found["cle"] for found in table["ajouts"]] == [["4"]]
    assert table["ajouts"][0]["ligne"]["nom"] == "Fougères, ville"
    assert [found["cle"] for found in table["retraits"]] == [["1"]]
    assert table["modifications"] == [
        {
            "cle": ["2"],
            "nom": "Brest",
            "champs": {"statut": {"avant": "actif", "apres": "cesse"}},
        }
    ]


def test_the_publications_of_a_release_are_compared_by_three_columns(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "213502388,data-gouv-fr,{},12\n"
    head = "siren,plateforme,identifiant,nb_jeux\n"
    (here / "publications.csv").write_text(head + line.format("a") + line.format("b"), "utf-8")
    (here / "apres").mkdir()
    (here / "apres/publications.csv").write_text(head + line.format("b"), "utf-8")
    words = ["diff", "publications.csv", "apres/publications.csv"]
    assert cli.main([*words, "--cle", "siren,plateforme,identifiant"]) == 0
    assert "  - « 213502388, data-gouv-fr »" in capsys.readouterr().out


def test_the_same_file_twice_has_no_difference(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["diff", "ancien.csv", "ancien.csv", "--format", "json"]
    assert cli.main(words) == 0
    assert json.loads(capsys.readouterr().out)["tables"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ancien.csv", "absent.csv"], "absent.csv : ce fichier n'existe pas."),
        (["ancien.csv", "main"], "un fichier ne se compare qu'à un autre fichier"),
        (["ancien.csv", "nouveau.csv", "--cle", "id"], "pas de colonne « id »"),
        (["ancien.csv", "nouveau.csv", "--table", "x"], "--table ne vaut que pour deux états"),
        (["v1.0.0", "v1.1.0", "--cle", "siren"], "--cle ne vaut que pour deux fichiers CSV"),
        (["ancien.csv", "nouveau.csv", "--cle", "statut"], "est déjà plus haut"),
        (["ancien.csv", "page.csv"], "c'est une page HTML"),
        (["ancien.csv", "excel.csv"], "séparées par le point-virgule"),
        (["ancien.csv", "vide.csv"], "le fichier est vide"),
        (["ancien.csv", "coupe.csv"], "le fichier a sans doute été coupé"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_sentence(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    (here / "page.csv").write_text("<html>\n<body>\n", "utf-8")
    (here / "excel.csv").write_text(OLD.replace(",", ";"), "utf-8")
    (here / "vide.csv").write_text("", "utf-8")
    (here / "coupe.csv").write_text(OLD + "4,Fou", "utf-8")
    assert cli.main(["diff", *words]) == 1
    assert said in capsys.readouterr().err


def test_what_is_no_file_is_said_and_never_waited_for(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "dossier.csv").mkdir()
    os.mkfifo(here / "tube.csv")
    (here / "boucle.csv").symlink_to("boucle.csv")
    for name in ("dossier.csv", "tube.csv", "boucle.csv", "a" * 300 + ".csv"):
        assert cli.main(["diff", "ancien.csv", name]) == 1
        assert capsys.readouterr().err.startswith(f"{name} : ce ")


def test_a_name_that_is_no_utf8_can_be_read_shown_and_written(here: Path) -> None:
    strange = os.fsdecode(b"caf\xe9.csv")
    (here / strange).write_text(NEW, "utf-8")
    words = ["diff", "ancien.csv", strange, "--cle", "siren", "--sortie", "neuf/out.json"]
    assert cli.main([*words, "--format", "json"]) == 0
    assert json.loads((here / "neuf/out.json").read_text("utf-8"))["a"] == "caf\ufffd.csv"


def test_a_result_that_cannot_be_written_is_said(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place in (".", "ancien.csv/sous/out.txt"):
        assert cli.main(["diff", "ancien.csv", "nouveau.csv", "--cle", "siren", "--sortie", place])
        assert "impossible d'écrire ce fichier" in capsys.readouterr().err


def test_a_key_that_stands_twice_asks_for_one_more_column(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "double.csv").write_text("siren,nom\n1,a\n1,b\n", "utf-8")
    assert cli.main(["diff", "ancien.csv", "double.csv"]) == 1
    assert "double.csv, ligne 3 : la clé « 1 » est déjà plus haut : ajoutez à --cle" in (
        capsys.readouterr().err
    )
    assert cli.main(["diff", "double.csv", "ancien.csv", "--cle", "siren,nom,siren"]) == 0


def test_a_key_of_no_column_is_refused(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["diff", "ancien.csv", "nouveau.csv", "--cle", ","])
    assert "au moins un nom de colonne" in capsys.readouterr().err
