"""One rewritten cell: noise or edit."""

from __future__ import annotations

import pytest

from observatoire.contribution.cells import noise, same, typed
from observatoire.schema import Field

TEXT = Field("nom")
CODE = Field("departement", pattern="([0-9]{2}|2[AB]|9[78][0-9])")
SIREN = Field("porteur", pattern="[0-9]{9}")
SHORT = Field("numero", pattern="[0-9]{1,3}")
NUMBER = Field("latitude", "number")
INTEGER = Field("nb_jeux", "integer")
DATE = Field("derniere_mise_a_jour", "date")
THEMES = Field("thematiques", separator="|")
TYPE = Field("type", enum=("COM", "MET"))
FLAG = Field("ouvert", "boolean")


@pytest.mark.parametrize(
    ("before", "after", "field", "reason"),
    [
        ("Acigné", " Acigné ", TEXT, "blancs"),
        ("Acigné", "Acigne\u0301", TEXT, "blancs"),
        ("", "undefined", TEXT, "undefined"),
        ("", "null", TEXT, "null"),
        ("undefined", "", TEXT, "undefined"),
        ("48.10", "48.1", NUMBER, "nombres"),
        ("007", "7", INTEGER, "nombres"),
        ("12abc", "12", INTEGER, "nombres"),
        ("9007199254740993", "9007199254740992", INTEGER, "nombres"),
        ("12", "NaN", INTEGER, "nombres"),
        ("01", "1", CODE, "zeros"),
        ("005520135", "5520135", SIREN, "zeros"),
        ("Culture|Social", "Social|Culture", THEMES, "ecriture"),
        ("2022-01-05", "05/01/2022", DATE, "ecriture"),
        ("2022-01-05", "2022-1-5", DATE, "ecriture"),
        ("COM", "com", TYPE, "ecriture"),
        ("TRUE", "true", FLAG, "ecriture"),
        ("Le « Grand » Lyon", 'Le "Grand" Lyon', TEXT, "ecriture"),
    ],
)
def test_what_datami_or_the_keyboard_rewrites_is_no_edit(
    before: str, after: str, field: Field, reason: str
) -> None:
    assert noise(before, after, field) == reason


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("Acigné", "ACIGNÉ", TEXT),
        ("Acigné", "undefined", TEXT),
        ("48.1", "48.2", NUMBER),
        ("12", "", INTEGER),
        ("1", "01", CODE),
        ("07", "7", TEXT),
        ("7", "07", TEXT),
        ("005520135", "5520135", TEXT),
        ("07", "7", SHORT),
        ("0", "", TEXT),
        ("Culture|Social", "Culture", THEMES),
        ("2022-01-05", "2022-05-01", DATE),
        ("true", "false", FLAG),
        ("", "0", INTEGER),
    ],
)
def test_another_value_is_an_edit(before: str, after: str, field: Field) -> None:
    assert noise(before, after, field) is None


@pytest.mark.parametrize(
    ("cell", "field", "held"),
    [
        ('Le "Grand" Lyon', TEXT, "Le « Grand » Lyon"),
        ('écran 12"', TEXT, "écran 12’"),
        ("4 rue\nHaute", TEXT, "4 rue Haute"),
        ("Acigné\u200e", TEXT, "Acigné"),
        ("1 250", INTEGER, "1250"),
        ("48,10", NUMBER, "48.1"),
        ("23/11/2026", DATE, "2026-11-23"),
        ("Social|Culture|Social", THEMES, "Culture|Social"),
        ("undefined", TEXT, ""),
        (None, TEXT, ""),
    ],
)
def test_what_a_visitor_types_takes_the_form_that_the_table_holds(
    cell: str | None, field: Field, held: str
) -> None:
    assert typed(cell, field) == held


def test_two_spellings_of_a_number_say_the_same_but_two_texts_do_not() -> None:
    assert same("48.10", "48.1", NUMBER)
    assert not same("48.10", "48.1", TEXT)
