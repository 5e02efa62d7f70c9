"""`observatoire validate` as a person runs it: one clear sentence, an exit status, no change."""

from __future__ import annotations

from pathlib import Path

import pytest
import specimen
from specimen import Run

from folder_bytes import contents

ORGANISATIONS = specimen.TABLES["organisations"]


def test_a_sound_register_gives_status_0(validate: Run) -> None:
    status, text = validate()
    assert (status, text) == (0, "18 tables, 33 lignes : aucune erreur.\n")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "unknown column",
            ORGANISATIONS.replace("nom,", "Nom complet,", 1).encode(),
            "colonne inconnue : « Nom complet » ; colonne manquante : « nom ».",
        ),
        ("truncated", ORGANISATIONS[:-30].encode(), "a sans doute été coupé"),
        (
            "wrong separator",
            ORGANISATIONS.replace(",", ";").encode(),
            "les colonnes sont séparées par le point-virgule au lieu de la virgule",
        ),
        ("Latin-1", ORGANISATIONS.encode("latin-1"), "le fichier n'est pas en UTF-8"),
        ("nul bytes", b"\x00" * 200, "un octet nul"),
        ("empty", b"", "le fichier est vide."),
        ("HTML", b"<html><body>404</body></html>\n", "une page HTML"),
    ],
)
def test_an_unreadable_file_gives_one_sentence_status_1_and_no_change(
    depot: Path, validate: Run, name: str, content: bytes, words: str
) -> None:
    (depot / "data" / "organisations.csv").write_bytes(content)
    before = contents(depot)
    status, text = validate("organisations")
    assert status == 1
    assert text.count("data/organisations.csv") == 1, name
    assert words in text
    assert text.endswith("0 table, 0 ligne : 1 erreur.\n")
    assert contents(depot) == before


def test_a_key_that_stands_twice_names_both_lines(depot: Path, validate: Run) -> None:
    last = ORGANISATIONS.splitlines()[-1]
    (depot / "data" / "organisations.csv").write_text(ORGANISATIONS + last + "\n")
    status, text = validate("organisations")
    assert status == 1
    assert (
        "data/organisations.csv, ligne 6 (Rennes Métropole) : la clé « 243500139 » est aussi à la"
        " ligne 5 : gardez une seule des deux lignes." in text
    )


def test_the_other_tables_are_checked_when_one_cannot_be_read(depot: Path, validate: Run) -> None:
    (depot / "data" / "organisations.csv").write_bytes(b"")
    bad = specimen.TABLES["publications"].replace("57", "57.0")
    (depot / "data" / "publications.csv").write_text(bad)
    status, text = validate()
    assert status == 1
    assert "le fichier est vide." in text
    assert "« 57.0 » n'est pas un nombre entier" in text
    assert text.endswith(": 2 erreurs.\n")


def test_a_table_is_named_or_given_by_its_path(validate: Run) -> None:
    for name in ("thematiques", "data/thematiques.csv", "./data/thematiques.csv"):
        assert validate(name) == (0, "1 table, 2 lignes : aucune erreur.\n")
    assert validate("reference/2026")[1].startswith("5 tables")


def test_a_table_that_does_not_exist_is_a_wrong_usage(validate: Run) -> None:
    status, text = validate("organisation")
    assert status == 2
    assert text == ("table inconnue : « organisation » ; vouliez-vous écrire « organisations » ?\n")


def test_a_file_that_no_schema_describes_is_an_error(depot: Path, validate: Run) -> None:
    (depot / "data" / "copie.csv").write_text("a,b\n1,2\n")
    status, text = validate("copie")
    assert status == 1
    assert "aucun schéma ne décrit cette table" in text


def test_a_report_goes_to_a_file(depot: Path, validate: Run) -> None:
    status, text = validate("--format", "json", "--sortie", str(depot / "r.json"))
    assert status == 0
    assert text.startswith("18 tables, 33 lignes : aucune erreur. Rapport écrit dans ")
    assert '"erreurs": 0' in (depot / "r.json").read_text()
