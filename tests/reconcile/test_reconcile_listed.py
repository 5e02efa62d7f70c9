"""A body that the register lists on a local platform is recognised there by its name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from reconcile_literals import (
    ACIGNE,
    REFERENCE,
    RENNES,
    SOURCE,
    TODAY,
    account,
    body,
    harvest,
    publication,
    register,
)

from observatoire.plan import Plan
from observatoire.reconcile import plan

BODIES = (body(ACIGNE, "ACIGNE", departement="35"), body(RENNES, "RENNES METROPOLE", "MET"))


def line(siren: str, identifiant: str = "", plateforme: str = "rennes") -> dict[str, str]:
    return publication(siren, identifiant, plateforme=plateforme, url="", origine="reprise")


def planned(*lines: dict[str, str], label: str, plateforme: str = "rennes") -> Plan:
    there = harvest(account(label, label, plateforme=plateforme, url=""))
    here = register(organisations=BODIES, publications=lines)
    return plan(SOURCE, harvest(), there, here, REFERENCE, TODAY)


@pytest.mark.parametrize("label", ["Commune d'Acigné", "Ville d'Acigné", "ACIGNE"])
def test_a_listed_body_without_a_known_account_is_recognised(label: str) -> None:
    found = planned(line(ACIGNE), line(RENNES, "Rennes Métropole"), label=label)

    assert [(m[1], m[2]) for m in found.matches] == [(label, ACIGNE)]
    assert [e.after for e in found.edits if e.field == "identifiant"] == [label]
    assert not found.doubts


def test_a_listed_body_is_not_recognised_under_another_s_name() -> None:
    found = planned(line(ACIGNE), label="Ville d'Albi")

    assert not found.matches


def test_a_namesake_that_is_not_listed_is_asked_about() -> None:
    found = planned(line(RENNES, "Rennes Métropole"), label="Commune d'Acigné")

    assert not found.matches
    assert [d.siren for d in found.doubts] == [ACIGNE]


def test_a_national_platform_has_too_many_namesakes_for_that() -> None:
    lines = line(ACIGNE, plateforme="data-gouv-fr")
    found = planned(lines, label="Commune d'Acigné", plateforme="data-gouv-fr")

    assert not found.matches
    assert [d.siren for d in found.doubts] == [ACIGNE]


def under(label: str, *accounts: dict[str, str], lines: Sequence[dict[str, str]]) -> Plan:
    """What is planned when an account of this label has an id of its own."""
    given = account("ville-d-acigne", label, plateforme="rennes", url="")
    here = register(organisations=BODIES, publications=lines)
    return plan(SOURCE, harvest(), harvest(given, *accounts), here, REFERENCE, TODAY)


def test_the_label_that_the_register_holds_in_place_of_an_id_is_recognised() -> None:
    found = under("ville_acigne35", lines=[line(ACIGNE, "Ville_Acigne35"), line(RENNES)])

    assert [(m[1], m[2]) for m in found.matches] == [("ville-d-acigne", ACIGNE)]
    assert [e.after for e in found.edits if e.field == "identifiant"] == ["ville-d-acigne"]
    assert not found.doubts


@pytest.mark.parametrize("other", ["SIG", "sig "])
def test_a_label_that_two_bodies_have_is_asked_about(other: str) -> None:
    found = under("SIG", lines=[line(ACIGNE, "SIG"), line(RENNES, other)])

    assert not [m for m in found.matches if m[1] == "ville-d-acigne"]
    assert [d.identifiant for d in found.doubts] == ["ville-d-acigne"]


def test_a_label_whose_account_is_still_there_is_asked_about() -> None:
    there = account("SIG", "Cartes", plateforme="rennes", url="")
    lines = [line(ACIGNE, "SIG"), line(ACIGNE, "disparu")]
    found = under("SIG", there, lines=lines)

    assert [m[1:3] for m in found.matches] == [("SIG", ACIGNE)]
    assert [d.siren for d in found.doubts] == [ACIGNE]


def test_the_label_of_a_body_with_the_name_of_another_is_asked_about() -> None:
    found = under("Rennes Métropole", lines=[line(ACIGNE, "Rennes Métropole"), line(RENNES)])

    assert not found.matches
