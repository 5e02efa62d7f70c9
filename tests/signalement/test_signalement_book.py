"""What a report names is found in the register of this repository and in the reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from observatoire.files import Folder
from observatoire.register import Register
from observatoire.signalement.book import Book, digits
from observatoire.signalement.forms.portail import technology


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(Register(Folder(Path(__file__).parents[2])), "2026-11-23")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("35", "35"),
        ("le 2a", "2A"),
        ("99, ou bien 974", "974"),
        ("Ille-et-Vilaine", "35"),
        ("Département du Tarn", "81"),
        ("Vienne", "86"),
        ("Montluel", "01"),
        ("Saint-Denis", ""),
        ("Xyzzy", ""),
        ("35250", "35"),
        ("???", ""),
        ("", ""),
    ],
)
def test_a_departement_is_found_by_number_name_or_commune(book: Book, text: str, code: str) -> None:
    assert book.departement(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("Bretagne", "53"), ("région Occitanie", "76"), ("35", "53"), ("Tarn", "76"), ("???", "")],
)
def test_a_region_is_found_by_name_or_departement(book: Book, text: str, code: str) -> None:
    assert book.region(text) == code


@pytest.mark.parametrize(
    ("text", "platform"),
    [
        ("data-gouv-fr", "data-gouv-fr"),
        ("Data.gouv.fr", "data-gouv-fr"),
        ("https://www.data.gouv.fr/organizations/x/", "data-gouv-fr"),
        ("rennes métropole", "rennes-metropole"),
        ("SIG Rennes Métropole", "sig-rennes-metropole"),
        ("Le portail Open data de l'ADEME", "ademe"),
        ("https://data.example.org/", ""),
        ("???", ""),
        ("", ""),
    ],
)
def test_a_platform_is_found_by_id_name_or_address(book: Book, text: str, platform: str) -> None:
    found = book.platform(text)
    assert (found["id"] if found else "") == platform


@pytest.mark.parametrize(
    ("text", "siren"),
    [
        ("213502388", "213502388"),
        ("213 502 388", "213502388"),
        ("SIRET 213 502 388 00019", "213502388"),
        ("213502389", ""),
        ("2135023880", ""),
        ("", ""),
    ],
)
def test_a_siren_is_read_alone_or_in_a_siret(text: str, siren: str) -> None:
    assert digits(text) == siren


def test_every_platform_is_found_by_its_own_id_and_name(book: Book) -> None:
    for key, row in book.plateformes.items():
        for text in (row["id"], row["nom"]):
            found = book.platform(text)
            assert found is not None, text
            assert found["id"] == key[0], text


@pytest.mark.parametrize(
    ("text", "techno"),
    [
        ("Opendatasoft", "opendatasoft"),
        ("open data soft", "opendatasoft"),
        ("Opendatasof", "opendatasoft"),
        ("CKAN", "ckan"),
        ("un tableur", ""),
        ("", ""),
    ],
)
def test_a_software_is_found_by_its_name_or_nearly(book: Book, text: str, techno: str) -> None:
    assert technology(text, book) == techno
