"""What people decided about accounts comes before all evidence."""

from __future__ import annotations

import pytest
from reconcile_literals import (
    ACIGNE,
    ALBI,
    STDENIS93,
    STDENIS974,
    account,
    body,
    decision,
    publication,
)
from reconcile_reading import asked, planned, reasons


def test_a_person_s_yes_comes_before_everything():
    found = planned(
        account("h", "Nom inattendu", siren_declare=ALBI),
        rapprochements=[decision("h", ACIGNE, "acceptee")],
    )
    assert [a.key[0] for a in found.additions] == [ACIGNE, ACIGNE]
    assert not found.matches


def test_an_accepted_body_that_the_reference_ignores_enters_to_be_checked():
    found = planned(
        account("h", "Syndicat des eaux"),
        rapprochements=[decision("h", "254002272", "acceptee")],
    )
    assert found.additions[0].row == {
        "siren": "254002272",
        "nom": "Syndicat des eaux",
        "type": "AGCT",
        "statut": "a_verifier",
    }


@pytest.mark.parametrize("siren", ["", ACIGNE])
def test_a_person_s_no_is_never_asked_again(siren):
    found = planned(
        account("h", "Mairie d'Acigné", siren_declare=siren),
        rapprochements=[decision("h", siren, "refusee", "nom")],
    )
    assert found.empty
    assert reasons(found) == {"Mairie d'Acigné": "écarté par une personne"}


def test_a_no_to_one_body_leaves_room_for_another_that_is_certain():
    found = planned(
        account("h", "Mairie d'Albi", siren_declare=ALBI),
        rapprochements=[decision("h", ACIGNE, "refusee", "nom")],
    )
    assert [a.key[0] for a in found.additions] == [ALBI, ALBI]
    assert found.matches == ()  # the person's decision stays as it was written


def test_a_no_to_one_body_does_not_stop_following_the_line_of_another():
    found = planned(
        account("h", "Nom", nb_jeux="9"),
        base=[account("h", "Nom")],
        organisations=[body(ALBI, "Albi")],
        publications=[publication(ALBI, "h")],
        rapprochements=[decision("h", ACIGNE, "refusee", "nom")],
    )
    assert [e.after for e in found.edits] == ["9"]


def test_a_yes_that_names_nobody_leaves_the_question_open():
    found = planned(
        account("h", "Commune de Saint-Denis"),
        rapprochements=[decision("h", "", "acceptee")],
    )
    assert asked(found) == {"h": f"{STDENIS93}|{STDENIS974}"}


def test_a_no_to_everything_is_a_no_whatever_the_account_declares():
    found = planned(
        account("h", "Mairie d'Albi", siren_declare=ALBI),
        rapprochements=[decision("h", "", "refusee", "nom")],
    )
    assert found.empty
