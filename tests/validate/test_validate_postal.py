"""What people put in the column of addresses that is no address of the body."""

from __future__ import annotations

from datetime import date

import pytest
import specimen

from observatoire.register import Register
from observatoire.validate import engine


def said(adresse: str, departement: str = "35") -> str:
    """What is told of the address that a change gives to a body of a département."""
    line = f"249900012,Syndicat,AGCT,{departement},{{}},,,,,,actif\n"
    table = specimen.TABLES["organisations"]
    adresse = f'"{adresse}"' if "," in adresse else adresse
    before = Register(specimen.files(organisations=table + line.format("")))
    after = Register(specimen.files(organisations=table + line.format(adresse)))
    report = engine.run(after, date(2026, 11, 23), before=before)
    findings = [f for t in report.tallies if t.code == "adresse-postale" for f in t.first]
    assert all((f.line, f.severity, f.field) == (6, "conseil", "adresse") for f in findings)
    return " ".join(f.message for f in findings)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("02 99 86 62 62", "est un numéro de téléphone, et non une adresse"),
        ("0299866262", "est un numéro de téléphone, et non une adresse"),
        ("35200 Rennes - Tél : 02.99.86.62.62", "contient un numéro de téléphone : gardez la rue"),
        ("mairie@rennes.fr", "est une adresse électronique"),
        ("www.rennes.fr", "est une adresse web, et non"),
        ("35200 Rennes https://rennes.fr", "contient une adresse web"),
        ("01/03/2022", "est une date"),
        ("48.1147", "est un nombre"),
        ("48,1147", "est un nombre"),
        ("35200 Rennes +33 2 99 86 62 62", "contient un numéro de téléphone"),
        ("98800 Nouméa", "est celui du département 988, et non 35"),
        ("Place Carnot 34470 Pérols", "est celui du département 34, et non 35"),
    ],
)
def test_what_is_no_address_of_the_body_is_told(cell: str, words: str) -> None:
    assert words in said(cell)


@pytest.mark.parametrize(
    ("cell", "departement"),
    [
        ("35200 Rennes", "35"),
        ("12 rue du 8 mai 1945 35000 Rennes", "35"),
        ("BP 12345 35040 Rennes CEDEX 9", "35"),
        ("Mairie", "35"),
        ("Lot 20250407-054928", "35"),
        ("20000 Ajaccio", "2A"),
        ("97400 Saint-Denis", "974"),
        ("98800 Nouméa", "988"),
        ("98000 Monaco", "06"),
        ("20000 Ajaccio", "2B"),
        ("34470 Pérols", ""),
    ],
)
def test_an_address_of_the_body_is_not(cell: str, departement: str) -> None:
    assert said(cell, departement) == ""
