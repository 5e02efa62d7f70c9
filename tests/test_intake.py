"""Reading a table: what is tolerated, and the one French sentence for each unreadable file."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from observatoire import intake
from observatoire.model import Malformed
from observatoire.table import Table

COLUMNS = ("siren", "nom", "statut")


def refusal(data: bytes, columns: tuple[str, ...] = COLUMNS) -> tuple[str, int, str]:
    """The code, line and message of the only finding."""
    with pytest.raises(Malformed) as caught:
        intake.parse(data, "t.csv", columns)
    (finding,) = caught.value.findings
    assert finding.file == "t.csv"
    return finding.code, finding.line, finding.message


def test_a_plain_table_is_read_as_strings() -> None:
    table = intake.parse(b"siren,nom,statut\n001,NA,actif\n", "t.csv", COLUMNS)
    assert table == Table(COLUMNS, [("001", "NA", "actif")])


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated() -> None:
    data = "\ufeffsiren,nom,statut\r\n001,Évry,actif\r\n".encode()
    assert intake.parse(data, "t.csv", COLUMNS).rows == [("001", "Évry", "actif")]


def test_quoted_cells_keep_their_commas_and_quotes() -> None:
    data = b'siren,nom,statut\n1,"Lyon, le ""Grand""",actif\n'
    assert intake.parse(data, "t.csv", COLUMNS).rows == [("1", 'Lyon, le "Grand"', "actif")]


def test_columns_come_back_in_the_order_asked_for() -> None:
    table = intake.parse(b"statut,siren,nom\nactif,1,Lyon\n", "t.csv", COLUMNS)
    assert table == Table(COLUMNS, [("1", "Lyon", "actif")])


def test_without_columns_any_header_is_read() -> None:
    assert intake.parse(b"a,b\n1,2\n", "t.csv") == Table(("a", "b"), [("1", "2")])


@pytest.mark.parametrize(
    ("data", "code", "line", "words"),
    [
        (b"", "fichier-vide", 0, "le fichier est vide."),
        (b" \n\n", "fichier-vide", 0, "le fichier est vide."),
        (b"siren,nom,statut\n1,a\x00,x\n", "fichier-binaire", 2, "un octet nul"),
        (b"PK\x03\x04....", "fichier-binaire", 0, "un classeur (XLSX, ODS)"),
        ("siren,nom\n".encode("utf-16"), "fichier-binaire", 0, "UTF-16"),
        ("siren,nom\n".encode("utf-16"), "fichier-binaire", 0, "format » qui le convertit."),
        (b"%PDF-1.4", "fichier-binaire", 0, "au format « CSV UTF-8 »."),
        ("siren,nom,statut\n1,Évry,x\n".encode("cp1252"), "encodage", 2, "CSV UTF-8"),
        (b"<!DOCTYPE html>\n<html></html>\n", "fichier-html", 1, "une page HTML"),
        (b'[{"siren": 1}]\n', "fichier-json", 1, "du JSON"),
        (b"siren;nom;statut\n1;a;x\n", "separateur", 1, "le point-virgule"),
        (b'siren;nom;"a,b";statut\n1;a;b;x\n', "separateur", 1, "le point-virgule"),
        (b"siren\tnom\tstatut\n1\ta\tx\n", "separateur", 1, "la tabulation"),
        (b"siren|nom|statut\n1|a|x\n", "separateur", 1, "la barre |"),
        (b"siren,nom,nom\n1,a,x\n", "colonne-en-double", 1, "« nom »"),
        (
            b"siren,nom,statut,note\n1,a,x,y\n",
            "colonnes",
            1,
            "colonne inconnue : « note ». La première ligne doit être : siren,nom,statut",
        ),
        (b"siren,nom\n1,a\n", "colonnes", 1, "colonne manquante : « statut »"),
        (b"1,a,x\n2,b,y\n", "colonnes", 1, "ne donne pas le nom des colonnes"),
        (b"siren,nom,statut\n1,a,x\n2,b", "nombre-de-cellules", 3, "coupé : reprenez-le"),
        (b"siren,nom,statut\n1,a,x\n2,b,y", "fichier-tronque", 3, "sans retour à la ligne"),
        (b"siren,nom,statut\n1,a\n2,b,y\n", "nombre-de-cellules", 2, "il manque 1 virgule"),
        (b"siren,nom,statut\n1,a,x\n2,b\n", "nombre-de-cellules", 3, "il manque 1 virgule"),
        (b"SIREN,NOM,STATUT\n1,a,x\n", "colonnes", 1, "« SIREN » s'écrit « siren » ;"),
        (b"Liste,,\n,,\nsiren,nom,statut\n", "colonnes", 3, "celles qui sont au-dessus"),
        (b",,\n1,a,x\n", "colonnes", 1, "ne donne pas le nom des colonnes"),
        (b"siren,nom,statut\n1,a,b,x\n", "nombre-de-cellules", 2, "guillemets droits"),
        (b"siren,nom,statut\n\n1,a,x\n", "ligne-vide", 2, "cette ligne est vide"),
        (b'siren,nom,statut\n1,"a,x\n2,b,y\n', "guillemet-ouvert", 2, "n'est pas refermé"),
        (b'siren,nom,statut\n1,"a\nb",x\n', "guillemet-ouvert", 2, "un retour à la ligne"),
        (b"siren,nom,statut\r1,a,x\r", "retour-chariot", 1, "un retour chariot isolé"),
        (b'siren,nom,statut\n1,"a"\rb,x\n', "retour-chariot", 2, "un retour chariot isolé"),
        (b"siren,nom,statut\n<<<<<<< HEAD\n1,a,x\n", "conflit-git", 2, "« <<<<<<< »"),
        (b"<<<<<<< HEAD\nsiren,nom,statut\n", "conflit-git", 1, "« <<<<<<< »"),
        (b"siren,nom,statut\n1," + b"a" * 100_001, "ligne-trop-longue", 2, "100000 caractères"),
        (b"siren,nom,statut\n" + b"a" * 900_000, "ligne-trop-longue", 2, "100000 caractères"),
    ],
)
def test_an_unreadable_file_gives_one_sentence(
    data: bytes, code: str, line: int, words: str
) -> None:
    got = refusal(data)
    assert got[:2] == (code, line)
    assert words in got[2]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "1,48,0930,actif",
            "la ligne compte 4 cellules au lieu de 3 : « 48,0930 » s'écrit « 48.0930 », avec un"
            " point et non une virgule.",
        ),
        (
            "1,4, rue Haute, Rennes,actif",
            "la ligne compte 5 cellules au lieu de 3 : « 4, rue Haute, Rennes » contient une"
            ' virgule, écrivez-le entre guillemets droits : « "4, rue Haute, Rennes" ».',
        ),
        (
            "1,a,b,actif",
            "la ligne compte 4 cellules au lieu de 3 : une cellule qui contient une virgule doit"
            " être entourée de guillemets droits, et un nombre s'écrit avec un point.",
        ),
    ],
)
def test_a_cell_that_a_comma_tore_apart_is_shown_as_it_is_to_be_written(
    line: str, said: str
) -> None:
    data = f"siren,latitude,statut\n{line}\n".encode()
    with pytest.raises(Malformed) as caught:
        intake.parse(data, "t.csv")
    assert [f.message for f in caught.value.findings] == [said]


def test_all_the_lines_of_another_width_are_told_of_at_once() -> None:
    with pytest.raises(Malformed) as caught:
        intake.parse(b"siren,nom,statut\n1,Lyon\n2,b,y\n\n3,c\n", "t.csv", COLUMNS)
    assert [(f.line, f.code) for f in caught.value.findings] == [
        (2, "nombre-de-cellules"),
        (4, "ligne-vide"),
        (5, "nombre-de-cellules"),
    ]


def test_the_label_of_a_short_line_names_its_organisation() -> None:
    with pytest.raises(Malformed) as caught:
        intake.parse(b"siren,nom,statut\n1,Lyon\n2,b,y\n", "t.csv", COLUMNS)
    assert caught.value.findings[0].label == "Lyon"


@settings(max_examples=100)
@given(st.binary(max_size=200) | st.text('",;\n\r\t |aé<\ufeff', max_size=80).map(str.encode))
def test_any_bytes_give_a_table_or_sentences(data: bytes) -> None:
    for content, columns in ((data, ("a", "b")), (b"a,b\n" + data, ("a", "b")), (data, ())):
        outcome = attempt(content, columns)
        if isinstance(outcome, Malformed):
            assert outcome.findings
            assert all(f.message for f in outcome.findings)
        else:
            assert all(len(r) == len(outcome.columns) for r in outcome.rows)


def attempt(data: bytes, columns: tuple[str, ...]) -> Table | Malformed:
    try:
        return intake.parse(data, "t.csv", columns)
    except Malformed as problem:
        return problem


@pytest.mark.parametrize("before", ["", "a,b\n1,2\n"])
def test_a_line_of_megabytes_is_refused_before_the_file_is_read_whole(before: str) -> None:
    stream = io.BytesIO(before.encode() + b"x" * 2_000_000)
    with pytest.raises(Malformed, match="dépasse 100000 caractères") as refused:
        intake.refuse_endless(stream, "t.csv")
    assert refused.value.findings[0].line == before.count("\n") + 1
    assert stream.tell() < 1_000_000


def test_usual_lines_are_read_to_the_end() -> None:
    content = b"a,b\n" * 300_000 + b"x" * 300_000
    stream = io.BytesIO(content)
    intake.refuse_endless(stream, "t.csv")
    assert stream.tell() == len(content)


def test_what_a_file_is_instead_is_said_in_english_too() -> None:
    for data, words in (
        (b"PK\x03\x04", "(it is a workbook"),
        (b"a\x00\n", "(it holds a NUL byte)"),
    ):
        with pytest.raises(Malformed) as caught:
            intake.parse(data, "t.csv", COLUMNS)
        assert words in caught.value.findings[0].english
