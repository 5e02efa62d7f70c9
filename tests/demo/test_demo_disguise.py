"""Accounts name themselves as people do, and always the same way."""

from __future__ import annotations

import pytest

from observatoire.demo import disguise
from observatoire.names import normalise
from observatoire.reference.lookup import Body

SIRENS = [f"2100{n:05}" for n in range(40)]


def body(siren: str, nom: str, type: str = "COM") -> Body:
    return Body(siren, nom, type, "01001", "01", "84", 1000)


def test_a_commune_wears_every_usual_shape() -> None:
    names = {disguise.name(s, "LE MANS", body(s, "Le Mans")) for s in SIRENS}

    assert names == {"Mairie du Mans", "Commune du Mans", "Ville du Mans", "Le Mans"}


@pytest.mark.parametrize(
    ("nom", "type"),
    [
        ("Saint-Étienne", "COM"),
        ("L'Abergement-Clémenciat", "COM"),
        ("CC du Pays de Châteaugiron", "CC"),
        ("CA Grand Chambéry", "CA"),
    ],
)
def test_the_name_behind_the_disguise_is_the_official_one(nom: str, type: str) -> None:
    names = {disguise.name(s, "x", body(s, nom, type)) for s in SIRENS}

    assert len(names) > 1
    assert {normalise(n).removesuffix(" agglomeration") for n in names} == {normalise(nom)}


def test_a_body_that_the_reference_does_not_know_keeps_its_name() -> None:
    assert disguise.name("210000001", "ATMO GRAND EST", None) == "ATMO GRAND EST"


def test_about_a_third_of_the_accounts_declare_no_siret() -> None:
    silent = sum(disguise.siret(f"2100{n:05}") == "" for n in range(900))

    assert 240 < silent < 360
