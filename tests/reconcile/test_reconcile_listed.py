"""A body that the register lists on a local platform is recognised there by its name."""

from __future__ import annotations

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
