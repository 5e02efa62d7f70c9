"""Reading what Datami saves, and what nobody should have sent."""

from __future__ import annotations

import pytest

from observatoire.contribution.reading import Sheet, read, split
from observatoire.model import Malformed

COLUMNS = ("siren", "nom", "statut")


def sheet(text: str, separator: str = ",") -> Sheet:
    return read(text.encode(), "data/organisations.csv", COLUMNS, separator)


def cells(text: str, separator: str = ",") -> list[tuple[str | None, ...]]:
    return [line.cells for line in sheet(text, separator).lines]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("1,a,b", ["1", "a", "b"]),
        ('1,"a, b",c', ["1", "a, b", "c"]),
        ('1,Le ""Grand"" Lyon,c', ["1", 'Le "Grand" Lyon', "c"]),
        ('1,"Le ""Grand"", Lyon",c', ["1", 'Le "Grand", Lyon', "c"]),
        ('1,""Grand"" Lyon,c', ["1", '"Grand" Lyon', "c"]),
        ('1,a "b,c', ["1", 'a "b', "c"]),
        ('1,"a,b', ["1", '"a', "b"]),
        ('1,,"a,b"', ["1", "", "a,b"]),
        ('1,"a,b",', ["1", "a,b", ""]),
        ('"",""', ["", ""]),
    ],
)
def test_a_line_is_cut_as_datami_wrote_it(line: str, found: list[str]) -> None:
    assert split(line, ",") == found


def test_a_long_line_of_quotes_is_cut_at_once() -> None:
    assert len(split('"a,""b,' * 14_000, ",")) > 14_000


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    found = sheet("\ufeffsiren,nom,statut\r\n1,a,b\r\n")
    assert ([line.cells for line in found.lines], found.crlf) == ([("1", "a", "b")], 2)


def test_a_file_sent_with_another_separator_is_read_all_the_same() -> None:
    assert cells("siren;nom;statut\n1;a, b;c\n") == [("1", "a, b", "c")]


def test_columns_come_back_in_order_whatever_the_file_and_a_lacking_one_says_nothing() -> None:
    assert cells("statut,siren\nactif,1\n") == [("1", None, "actif")]


def test_a_line_torn_by_a_break_is_mended() -> None:
    found = sheet("siren,nom,statut\n1,4 rue\nHaute,b\n2,c,d\n")
    assert [line.cells for line in found.lines] == [("1", "4 rue Haute", "b"), ("2", "c", "d")]
    assert found.noise == {"retours": 1}


def test_a_short_line_keeps_its_cells_and_empty_ones_in_excess_are_dropped() -> None:
    assert cells("siren,nom,statut\n1,a\n2,b,c,,\n") == [("1", "a", None), ("2", "b", "c")]


def test_a_line_with_too_many_cells_is_told_and_the_others_are_read() -> None:
    found = sheet("siren,nom,statut\n1,a,b,c\n2,d,e\n")
    assert [line.cells for line in found.lines] == [("2", "d", "e")]
    assert (found.findings[0].line, found.unread) == (2, {"1", "a", "b", "c"})
    assert "4 cellules au lieu de 3" in found.findings[0].message


def test_thousands_of_bad_lines_give_a_bounded_report() -> None:
    found = sheet("siren,nom,statut\n" + "1,2,3,4\n" * 5_000)
    assert len(found.findings) == 21
    assert found.findings[-1].message.startswith("4\u202f980 autres lignes")


def test_rows_of_undefined_are_blank() -> None:
    found = sheet("siren,nom,statut\n\nundefined,undefined,undefined\n1,a,b\n")
    assert (len(found.lines), found.noise) == (1, {"lignes-vides": 2})


@pytest.mark.parametrize(
    ("garbage", "code"),
    [
        (b"", "fichier-vide"),
        (b"\x00\x01", "fichier-binaire"),
        (b"siren,nom\n1,\xe9\n", "encodage"),
        (b"<html><body>502</body></html>", "colonnes"),
        (b'{"message": "401"}', "colonnes"),
        (b"siren,nom,statut\n" + b"x" * 200_000, "ligne-trop-longue"),
    ],
)
def test_what_is_no_table_is_refused_in_words(garbage: bytes, code: str) -> None:
    with pytest.raises(Malformed) as refusal:
        read(garbage, "data/organisations.csv", COLUMNS, ",")
    assert refusal.value.findings[0].code == code
