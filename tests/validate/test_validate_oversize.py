"""A file beyond the size that is read with care: what is wrong in it is still said."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from specimen import Run

from observatoire import files
from observatoire.model import Finding, Malformed
from observatoire.validate import context, oversize

HEADER = "siren,nom,statut\n"
LINE = "{:09},Commune,actif\n"
MANY = 3_000


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in many parts."""
    monkeypatch.setattr(oversize, "PART", 1_000)


class Schema:
    columns = ("siren", "nom", "statut")


def refused(data: bytes) -> list[Finding]:
    with pytest.raises(Malformed) as problem:
        oversize.refuse(io.BytesIO(data), "t.csv", Schema)  # type: ignore[arg-type]
    return list(problem.value.findings)


def among(odd: str) -> bytes:
    """Thousands of lines, the last but one of which is odd."""
    lines = [LINE.format(i) for i in range(MANY)]
    return "".join([HEADER, *lines, odd, LINE.format(MANY)]).encode("utf-8", "surrogateescape")


@pytest.mark.parametrize(
    ("odd", "code", "words"),
    [
        ("3,Lyon\n", "nombre-de-cellules", "il manque 1 virgule"),
        ("3,a,b,c\n", "nombre-de-cellules", "4 cellules au lieu de 3"),
        ("\n", "ligne-vide", "cette ligne est vide"),
        ("3,\udce9vry,actif\n", "encodage", "pas en UTF-8"),
        ("3,a\x00,actif\n", "fichier-binaire", "un octet nul"),
        ('3,"a,actif\n', "guillemet-ouvert", "n'est pas refermé"),
        ("<<<<<<< HEAD\n", "conflit-git", "marque de conflit"),
        ("3,Lyon,actif\r\n", "fichier-trop-gros", "un retour chariot : au-delà de 512 Mo"),
        ('3,"L""yon",actif\n', "fichier-trop-gros", "des guillemets dont sa cellule"),
        ("3,a\x1fb,actif\n", "fichier-trop-gros", "un caractère invisible"),
    ],
)
def test_the_first_odd_line_is_told_with_its_number_and_its_reason(
    small_parts: None, odd: str, code: str, words: str
) -> None:
    (finding,) = refused(among(odd))
    assert (finding.code, finding.line) == (code, MANY + 2)
    assert words in finding.message
    assert finding.english


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("siren;nom;statut\n", "le point-virgule"),
        ("siren,Nom,statut\n", "« Nom » s'écrit « nom »"),
        ("\ufeffsiren,nom,statut\n", "mot pour mot"),
        ("siren,statut,nom\n", "mot pour mot"),
        ("siren,nom,statut\r\n", "un retour chariot"),
    ],
)
def test_the_names_of_the_columns_are_told_first(header: str, words: str) -> None:
    (finding,) = refused((header + "1,a,b,c\n").encode())
    assert finding.line == 1
    assert words in finding.message


def test_a_file_cut_on_its_way_is_told_at_its_last_line(small_parts: None) -> None:
    (finding,) = refused(among("")[:-3])
    assert (finding.code, finding.line) == ("fichier-tronque", MANY + 2)


def test_lone_carriage_returns_are_refused_in_the_first_part() -> None:
    stream = io.BytesIO(HEADER.encode() + b"1,a,b\r" * 1_000_000)
    with pytest.raises(Malformed, match="retour chariot"):
        oversize.refuse(stream, "t.csv", Schema)  # type: ignore[arg-type]
    assert stream.tell() < oversize.PART + 500_000


def test_a_plain_file_is_not_refused(small_parts: None) -> None:
    stream = io.BytesIO(among(""))
    oversize.refuse(stream, "t.csv", Schema)  # type: ignore[arg-type]
    assert stream.tell() == len(among(""))


def test_validate_says_the_line_of_a_file_too_large_to_be_read_whole(
    depot: Path, validate: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = depot / "data" / "organisations.csv"
    sound = path.read_text()
    more = "".join(
        f"{i:09},Syndicat,AGCT,93,,,,,,,actif\n" for i in range(900_000_000, 900_001_500)
    )
    path.write_text(sound.replace("MET,35,35200 Rennes,", "MET,35,") + more)
    for module in (files, context):
        monkeypatch.setattr(module, "MAX_BYTES", 50_000)
    status, text = validate("organisations")
    assert status == 1
    assert (
        "data/organisations.csv, ligne 5 (Rennes Métropole) : la ligne compte 10 cellules" in text
    )
    assert "dépasse" not in text
