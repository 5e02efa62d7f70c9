"""Hostile text becomes a clean cell; licences and formats are known under all their names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observatoire import intake
from observatoire.sources.kit import formats, licences
from observatoire.sources.kit.text import count, day, siren_of, tidy, year_before
from observatoire.table import Table, serialize

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Ville de  Rennes\n", "Ville de Rennes"),
        ("Ville\tde\r\nRennes", "Ville de Rennes"),
        ("Ville de\u00a0Rennes\u200e", "Ville de Rennes"),
        ('Office "Terre d\'Adour" du tourisme', "Office « Terre d'Adour » du tourisme"),
        ('5" de large', "5” de large"),
        ("<script>alert(1)</script>", "‹script›alert(1)‹/script›"),
        ('=HYPERLINK("http://a.fr")', "HYPERLINK(« http://a.fr »)"),
        ("@everyone", "everyone"),
        ("-- + = x", "x"),
        ("E\u0301pinay", "Épinay"),
        ("\ud800Rennes\x00", "Rennes"),
        ("x" * 9_000, "x" * 500),
        ("\u202egnirts", "gnirts"),
    ],
)
def test_a_name_from_outside_becomes_a_cell(raw: str, clean: str) -> None:
    assert tidy(raw) == clean


@given(st.text(st.characters(codec=None, categories=None)))
def test_a_tidy_cell_is_tidy_and_survives_a_file(raw: str) -> None:
    cell = tidy(raw)
    assert tidy(cell) == cell
    table = Table(("nom", "fin"), [(cell, "x")])
    assert intake.parse(serialize(table), "f.csv").rows == [(cell, "x")]
    assert not set(cell) & set('"<>\n\r\t\0')


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("2025-05-12T10:26:21.194000", "2025-05-12"),
        ("2025-05-12T10:26:21+00:00", "2025-05-12"),
        ("2025-05-12 10:26", "2025-05-12"),
        ("2026-11-23", "2026-11-23"),
        ("2026-11-24", ""),
        ("9999-12-31", ""),
        ("2025-02-30", ""),
        ("2025-05-12x", ""),
        ("12/05/2025", ""),
        ("٢٠٢٥-05-12", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_day_is_real_and_past_or_it_is_nothing(raw: str | None, clean: str) -> None:
    assert day(raw, TODAY) == clean


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("12", 12),
        (12, 12),
        ("12.0", 12),
        ("-3", 0),
        ("", 0),
        (None, 0),
        ("nan", 0),
        ("inf", 0),
        (float("inf"), 0),
        (True, 0),
        ([1], 0),
    ],
)
def test_a_count_is_a_number_of_things_or_zero(raw: object, number: int) -> None:
    assert count(raw) == number


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Licence Ouverte / Open Licence version 2.0", "lov2"),
        ("licence ouverte v2.0 (etalab)", "lov2"),
        ("etalab-2.0", "lov2"),
        ("Licence Ouverte / Open Licence", "fr-lo"),
        ("Open Data Commons Open Database License (ODbL)", "odc-odbl"),
        ("odc-odbl", "odc-odbl"),
        ("License Not Specified", ""),
        ("notspecified", ""),
        ("Tous droits réservés", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_an_open_licence_is_known_by_id_and_title(name: str | None, id_: str) -> None:
    assert licences.identify(name) == id_


@pytest.mark.parametrize(
    ("given_formats", "is_open"),
    [
        (["csv"], True),
        (["PDF", "xlsx"], False),
        ([" .CSV "], True),
        (["pdf", "geojson"], True),
        ([""], False),
        ([], False),
    ],
)
def test_one_open_format_is_enough(given_formats: list[str], is_open: bool) -> None:
    assert formats.any_open(given_formats) is is_open


@pytest.mark.parametrize(
    ("siret", "siren"),
    [
        ("24350013900189", "243500139"),
        ("243 500 139 00189", "243500139"),
        ("243500139", "243500139"),
        ("24350013800189", ""),
        ("2435", ""),
        ("٢٤٣٥٠٠١٣٩", ""),
        ("", ""),
    ],
)
def test_a_declared_siren_has_the_right_check_digit(siret: str, siren: str) -> None:
    assert siren_of(siret) == siren


def test_a_year_before_a_leap_day_is_the_28th() -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
