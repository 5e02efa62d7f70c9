"""What people write beside a name."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.register import Register
from observatoire.validate import engine


def said(nom: str) -> str:
    """What is told of the name that a change gives to a body."""
    sound = specimen.TABLES["organisations"]
    nom = f'"{nom}"' if "," in nom else nom
    edited = sound.replace("Syndicat mixte du nord parisien", nom)
    after = Register(specimen.files(organisations=edited))
    report = engine.run(after, date(2026, 11, 23), before=specimen.register())
    findings = [f for t in report.tallies if t.code == "nom-charge" for f in t.first]
    assert all((f.line, f.severity, f.field) == (3, "conseil", "nom") for f in findings)
    return " ".join(f.message for f in findings)


@pytest.mark.parametrize(
    ("nom", "words"),
    [
        ("Syndicat Nord Tél 01 48 00 00 00", "contient un numéro de téléphone"),
        ("contact@syndicat-nord.fr", "contient une adresse électronique"),
        ("https://www.syndicat-nord.fr", "contient une adresse web"),
        ("Syndicat Nord*", "se termine par un appel de note"),
        ("Syndicat Nord (1)", "se termine par un appel de note"),
        ("Syndicat Nord;", "se termine par une ponctuation"),
        ("Syndicat Nord,", "se termine par une ponctuation"),
        ("Syndicat Nord :", "se termine par une ponctuation"),
        ("Syndicat Nord†", "se termine par un appel de note"),
        ("Syndicat Nord¹", "se termine par un appel de note"),
        ("• Syndicat Nord", "commence par une puce"),
        ("1. Syndicat Nord", "commence par une puce"),
        ("2)Syndicat Nord", "commence par une puce"),
        ("*Syndicat Nord", "commence par une puce"),
    ],
)
def test_what_stands_beside_a_name_is_told(nom: str, words: str) -> None:
    assert words in said(nom)


@pytest.mark.parametrize(
    "nom",
    [
        *("Syndicat Nord", "La Rochette (05)", "3CM", "4 Rivières", "SIVOM n° 2", "data.gouv.fr"),
        *("Syndicat d'électricité (ex-SDE)", "S.I.V.U.", "Lille-Métropole"),
        *("GÉO Port@il d'Erdre & Gesvres", "844.fr", "Export 20250407-054928"),
    ],
)
def test_a_name_alone_is_not(nom: str) -> None:
    assert said(nom) == ""
