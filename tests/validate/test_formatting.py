"""`format` by examples: what is certain is repaired and told in words, the rest is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import specimen
from formatting_bench import GOOD, HEADER, SCHEMA, formatted
from specimen import Run

from observatoire import cli
from observatoire.files import write
from observatoire.model import Malformed
from observatoire.table import Table, serialize
from observatoire.validate.formatting.tidy import Tidied, recognise, tidy


def test_a_canonical_file_is_given_back_unchanged() -> None:
    data = f"{HEADER}\n{GOOD}\n".encode()
    assert tidy(data, "t.csv", SCHEMA) == Tidied(data, ())


@pytest.mark.parametrize(
    ("column", "cell", "repaired"),
    [
        ("siren", "210 100 012", "210100012"),
        ("siren", "210\u202f100\u00a0012", "210100012"),
        ("siren", "210100012.0", "210100012"),
        ("siren", "'210100012", "210100012"),
        ("siren", "\u200e210100012", "210100012"),
        ("siren", "21010001200015", "21010001200015"),
        ("departement", "1", "01"),
        ("departement", "2a", "2A"),
        ("departement", "Ain", "Ain"),
        ("nom", "  Évry\u200b ", "Évry"),
        ("nom", "E\u0301vry", "Évry"),
        ("nom", "1,5", "1,5"),
        ("nom", "23/11/2026", "23/11/2026"),
        ("nom", "null", ""),
        ("latitude", "48,10", "48.1"),
        ("latitude", "-1,6794", "-1.6794"),
        ("latitude", "48.1147 N", "48.1147 N"),
        ("nb", "57.0", "57"),
        ("nb", "1 234", "1234"),
        ("nb", "1\u202f234,0", "1234"),
        ("nb", "1.234", "1.234"),
        ("nb", "undefined", ""),
        ("jour", "23/11/2026", "2026-11-23"),
        ("jour", "1/2/2026", "2026-02-01"),
        ("jour", "15/12/2021 11:57am", "2021-12-15"),
        ("jour", "2026-1-5", "2026-01-05"),
        ("jour", "31/02/2026", "31/02/2026"),
        ("themes", "b| a|b", "a|b"),
        ("statut", "A vérifier", "a_verifier"),
        ("statut", "ACTIF", "actif"),
        ("statut", "ouvert", "ouvert"),
    ],
)
def test_a_cell_is_repaired_only_when_it_is_certain(column: str, cell: str, repaired: str) -> None:
    row = dict(zip(SCHEMA.columns, GOOD.split(","), strict=True)) | {column: cell}
    data = serialize(Table(SCHEMA.columns, [tuple(row.values())]))
    done = tidy(data, "t.csv", SCHEMA)
    (got,) = csv.DictReader(io.StringIO(done.content.decode()))
    assert got == row | {column: repaired}
    assert bool(done.changes) == (cell != repaired)


def test_an_excel_file_of_france_comes_back_canonical_with_its_changes_in_words() -> None:
    excel = (
        "SIREN;Département;Nom;latitude;nb;jour;themes;statut;;\r\n"
        "243500139;35;Rennes, métropole;48,1147;1 234;23/11/2026;;Actif;;\r\n"
        ";;;;;;;;;\r\n"
        "210100012;1;Évry;48,10;57;01/02/2026;b|a;actif;;\r\n"
    ).encode("cp1252")
    done = formatted(excel)
    assert done.content.decode() == (
        f"{HEADER}\n"
        "210100012,01,Évry,48.1,57,2026-02-01,a|b,actif\n"
        '243500139,35,"Rennes, métropole",48.1147,1234,2026-11-23,,actif\n'
    )
    assert done.changes == (
        "encodage : Windows-1252 converti en UTF-8",
        "fins de ligne de Windows remplacées",
        "séparateur : le point-virgule est remplacé par la virgule",
        "colonnes vides supprimées",
        "noms de colonnes écrits comme dans le schéma",
        "lignes vides supprimées",
        "codes remis en forme (1 cellule) : ligne 4, departement, « 1 » devient « 01 »",
        "nombres écrits avec un point et sans espace (2 cellules) : ligne 2, latitude,"
        " « 48,1147 » devient « 48.1147 »",
        "nombres entiers écrits sans décimale ni espace (1 cellule) : ligne 2, nb,"
        " « 1 234 » devient « 1234 »",
        "dates écrites dans l'ordre année-mois-jour (2 cellules) : ligne 2, jour,"
        " « 23/11/2026 » devient « 2026-11-23 »",
        "cellules mises sous leur forme canonique (1 cellule) : ligne 4, themes,"
        " « b|a » devient « a|b »",
        "valeurs écrites comme dans la liste (1 cellule) : ligne 2, statut,"
        " « Actif » devient « actif »",
        "lignes rangées dans l'ordre de leur clé",
    )


@pytest.mark.parametrize(
    "data",
    [
        f"\ufeff{HEADER}\n{GOOD}\n".encode(),
        f"{HEADER}\n{GOOD}".encode(),
        f"{HEADER}\r{GOOD}\r".encode(),
        f"sep=;\n{HEADER}\n{GOOD}\n".replace(",", ";").encode(),
        f"{HEADER}\n{GOOD}\n".replace(",", "\t").encode("utf-16"),
        f"{HEADER}\n{GOOD}\n".replace(",", '","')
        .replace("\n", '"\n"')
        .encode()[:-1]
        .join([b'"', b""]),
    ],
    ids=["bom", "no final newline", "old Mac", "sep=", "Unicode text", "quotes everywhere"],
)
def test_every_dialect_gives_the_same_bytes(data: bytes) -> None:
    done = formatted(data)
    assert done.content == f"{HEADER}\n{GOOD}\n".encode()
    assert done.changes


def test_a_line_end_inside_a_cell_becomes_a_space() -> None:
    done = formatted(
        f"{HEADER}\n{GOOD.replace('Évry', chr(34) + 'É' + chr(10) + 'vry' + chr(34))}\n"
    )
    assert done.content.decode() == f"{HEADER}\n{GOOD.replace('Évry', 'É vry')}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEADER},note\n{GOOD},x\n", "colonnes"),
        ("siren,nom\n1,a\n", "colonnes"),
        (f"{HEADER}\n{GOOD},perdu\n", "nombre-de-cellules"),
        (f"{HEADER}\n210100012,01\n", "nombre-de-cellules"),
        (f"{HEADER}\n{GOOD.replace('Évry', chr(34) + 'Évry')}\n", "guillemet-ouvert"),
        (f"{HEADER}\n{GOOD}\n".encode() + GOOD.encode("cp1252") + b"\n", "encodage"),
        (f"{HEADER}\n{GOOD}\n".encode("cp1252") + b"\x81\n", "encodage"),
        (b"\x00" * 9, "fichier-binaire"),
        ("", "fichier-vide"),
        ("a" * 100_001 + "\n", "ligne-trop-longue"),
        ("a" * 200_000 + "\n", "ligne-trop-longue"),
    ],
)
def test_what_would_lose_a_cell_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        formatted(text)
    assert [f.code for f in caught.value.findings] == [code]


def test_a_file_outside_the_register_is_recognised_by_its_name_or_columns() -> None:
    register = specimen.register()
    data = specimen.TABLES["thematiques"].replace(",", ";").encode()
    assert recognise(register, "thematiques-copie.csv", data).name == "thematiques"
    assert recognise(register, "Classeur1.csv", data).name == "thematiques"
    with pytest.raises(Malformed, match="n'est aucune des tables"):
        recognise(register, "Classeur1.csv", b"a,b\n1,2\n")
    with pytest.raises(Malformed, match="colonne"):
        recognise(register, "thematiques.csv", b"nom,statut\n1,2\n")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    write(tmp_path, specimen.files())

    def command(*args: str) -> tuple[int, str]:
        status = cli.main(["format", "--depot", str(tmp_path), *args])
        seen = capsys.readouterr()
        return status, (seen.out + seen.err).replace(str(tmp_path), "")

    return command


def test_the_command_writes_only_what_changes(tmp_path: Path, run: Run) -> None:
    assert run() == (0, "18 fichiers lus, 0 mis en forme, 0 illisible.\n")
    path = tmp_path / "data" / "thematiques.csv"
    path.write_text("statut;nom;etiquettes\nactif;Social;\nactif;Culture;théâtre|musée\n")
    status, text = run("--check")
    assert status == 1
    assert "1 à mettre en forme" in text
    assert path.read_text().startswith("statut;")
    status, text = run(str(path))
    assert status == 0
    assert text.startswith("/data/thematiques.csv :\n  - séparateur : le point-virgule")
    assert path.read_text() == specimen.TABLES["thematiques"]


def test_an_unreadable_file_is_left_and_the_others_are_formatted(tmp_path: Path, run: Run) -> None:
    (tmp_path / "data" / "organisations.csv").write_bytes(b"\x00")
    (tmp_path / "data" / "thematiques.csv").write_text(
        "nom,etiquettes,statut\nB,,actif\nA,,actif\n"
    )
    status, text = run()
    assert status == 1
    assert "data/organisations.csv" in text
    assert "1 mis en forme, 1 illisible." in text
    assert (tmp_path / "data" / "organisations.csv").read_bytes() == b"\x00"


def test_a_file_that_does_not_exist_is_a_wrong_usage(tmp_path: Path, run: Run) -> None:
    assert run(str(tmp_path / "rien.csv")) == (2, "/rien.csv : ce fichier n'existe pas.\n")
    assert run(str(tmp_path)) == (
        2,
        " : c'est un dossier : donnez les fichiers qui sont dedans.\n",
    )


def test_two_spaces_between_the_words_of_people_become_one() -> None:
    schema = specimen.register().schema("organisations")
    data = specimen.TABLES["organisations"].replace("Rennes Métropole", "Rennes  Métropole")
    done = tidy(data.encode(), "data/organisations.csv", schema)
    assert done.content.decode() == specimen.TABLES["organisations"]
    assert done.changes[0].startswith("espaces en double enlevés (1 cellule) : ligne 5, nom")


def test_what_a_portal_says_keeps_its_spaces() -> None:
    schema = specimen.register().schema("publications")
    data = specimen.TABLES["publications"].replace("Rennes Métropole", "Rennes  Métropole")
    assert tidy(data.encode(), "data/publications.csv", schema).changes == ()


def test_the_line_of_an_example_counts_the_blank_lines_above_it() -> None:
    done = formatted(
        f"{HEADER}\n{','.join([''] * 8)}\n{GOOD.replace('210100012', '210 100 012')}\n"
    )
    assert "ligne 3, siren" in " ".join(done.changes)


def test_empty_columns_at_the_end_are_told_of() -> None:
    done = formatted(f"{HEADER},,\n{GOOD},,\n")
    assert done.changes == ("colonnes vides supprimées",)


def test_a_line_with_an_invisible_character_alone_is_blank() -> None:
    empty = ",".join([""] * 7)
    done = formatted(f"{HEADER}\n{GOOD}\n{empty},\u200e\n")
    assert done.content.decode() == f"{HEADER}\n{GOOD}\n"
    assert "lignes vides supprimées" in done.changes
