"""Letters that a save replaced with question marks: seen, and found again where they are known."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.model import Finding
from observatoire.register import Register
from observatoire.validate import engine
from observatoire.validate.lost import filled, lost

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "cell",
    [
        "Fr?ville",
        "Saint-?tienne",
        "?vreux",
        "l?eau",
        "Vall?e",
        "Pr??s",
        "R\ufffdgion",
        "Libert? et",
    ],
)
def test_a_question_mark_that_touches_a_letter_of_a_word_took_the_place_of_one(cell: str) -> None:
    assert lost(cell, name=True)
    assert lost(cell, name=False)


def test_a_portal_may_ask_what_it_likes() -> None:
    lines = "nom,etiquettes,statut\nCulture,mus?e,actif\n"
    report = engine.run(specimen.register(editions__2022__thematiques=lines), TODAY)
    assert [t.code for t in report.tallies if t.code == "texte-abime"] == []
    lines = lines.replace("?", "\ufffd")
    report = engine.run(specimen.register(editions__2022__thematiques=lines), TODAY)
    assert [t.code for t in report.tallies if t.code == "texte-abime"] == ["texte-abime"]


@pytest.mark.parametrize("mark", "-'’|/")
def test_a_letter_may_be_lost_before_what_joins_two_words(mark: str) -> None:
    assert lost(f"Libert?{mark}Égalité", name=False)


@pytest.mark.parametrize("cell", ["COMMUNAUT? DE COMMUNES", "Citoyennet?", "Sant?, sport"])
def test_a_name_asks_no_question(cell: str) -> None:
    assert lost(cell, name=True)
    assert not lost(cell, name=False)


@pytest.mark.parametrize(
    "cell",
    [
        *("Vraiment ? Oui", "Où en est-on ?", "?", "n° ? rue", "12 ? 13", "3?"),
        *("https://a.fr/x?y", "voir www.a.fr/?z et https://a.fr/?q=é", "dataset?id=4"),
        "www.a.fr/?z",
    ],
)
def test_a_question_or_an_address_has_lost_nothing(cell: str) -> None:
    assert not lost(cell, name=True)


@pytest.mark.parametrize(
    ("cell", "known", "meant"),
    [
        ("Fr?ville", "Fréville", "Fréville"),
        ("Fr??ville", "Fréville", "Fréville"),
        ("FR?VILLE", "Fréville", "FRÉVILLE"),
        ("SAINT ?TIENNE DES GRES", "Saint-Étienne-des-Grès", "SAINT ÉTIENNE DES GRES"),
        ("L?Abergement", "L'Abergement", "L'Abergement"),
        ("Fr?ville", "Fréjus", ""),
        ("Fr?ville (mairie)", "Fréville", ""),
        ("?.*", "été", ""),
        ("a???" * 500, "a" * 2_000, ""),
        ("Fr???ville", "Fr''éville", "Fr''éville"),
        ("Fr??????ville", "Fréfiéville", ""),
        ("?".join("abcdefghij"), "é".join("abcdefghij"), "é".join("abcdefghij")),
        ("?".join("abcdefghijk"), "é".join("abcdefghijk"), ""),
    ],
)
def test_lost_letters_are_those_of_the_same_name(cell: str, known: str, meant: str) -> None:
    assert filled(cell, known) == meant


def found(table: str, before: str, after: str, *, since: bool = False) -> list[Finding]:
    edited = specimen.TABLES[table].replace(before, after)
    start = specimen.register() if since else None
    report = engine.run(Register(specimen.files(**{table: edited})), TODAY, before=start)
    return [f for t in report.tallies if t.code == "texte-abime" for f in t.first]


def test_a_lost_letter_of_a_change_is_that_of_the_version_before() -> None:
    (finding,) = found("plateformes", "Rennes Métropole", "Rennes M?tropole", since=True)
    assert (finding.line, dict(finding.fix)) == (3, {"nom": "Rennes Métropole"})


def test_without_a_version_before_a_portal_s_name_is_to_be_typed_again() -> None:
    (finding,) = found("plateformes", "Rennes Métropole", "Rennes M?tropole")
    assert finding.fix == ()
    assert finding.message.endswith("retapez le mot.")


def test_the_capitals_of_a_name_are_kept() -> None:
    (finding,) = found("organisations", "Rennes Métropole", "RENNES M?TROPOLE")
    assert dict(finding.fix) == {"nom": "RENNES MÉTROPOLE"}


@pytest.mark.parametrize("label", ["Fr?ville", "na", "Ville de Vitr?, d?chets"])
def test_the_label_of_an_account_is_what_its_portal_says(label: str) -> None:
    edited = specimen.TABLES["publications"].replace(",Rennes Métropole,", f',"{label}",')
    edited = edited if "," in label else edited.replace('"', "")
    report = engine.run(Register(specimen.files(publications=edited)), TODAY)
    assert {t.code for t in report.tallies} & {"texte-abime", "valeur-fantome"} == set()
