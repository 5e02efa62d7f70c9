"""Who is this publisher? The chain of evidence, by examples."""

from __future__ import annotations

import pytest
from reconcile_literals import (
    ACIGNE,
    ALBI,
    ARA,
    MONTLUEL,
    RENNES,
    STDENIS974,
    account,
    body,
    decision,
    publication,
)
from reconcile_reading import asked, matched, planned, reasons


def test_a_declared_siren_with_an_agreeing_name_is_certain():
    found = planned(account("h", "Mairie d'Acigné", siren_declare=ACIGNE))
    assert [(a.table, a.key) for a in found.additions] == [
        ("organisations", (ACIGNE,)),
        ("publications", (ACIGNE, "data-gouv-fr", "h")),
    ]
    assert found.additions[0].row == body(ACIGNE, "Acigné", departement="35")
    assert matched(found) == {"h": ACIGNE}
    assert not found.doubts


@pytest.mark.parametrize(
    "nom", ["SGAR Auvergne-Rhône-Alpes", "DREAL Auvergne-Rhône-Alpes", "Préfecture de région ARA"]
)
def test_a_service_of_the_state_that_carries_the_region_s_siren_is_not_the_region(nom):
    found = planned(account("h", nom, siren_declare=ARA))
    assert found.empty
    assert not found.matches
    assert reasons(found) == {nom: "service de l'État qui déclare le SIREN d'un autre organisme"}


def test_one_body_may_own_several_accounts():
    found = planned(
        account("h1", "Mairie de Montluel", siren_declare=MONTLUEL),
        account("h2", "Mairie de Montluel (IRVE)", siren_declare=MONTLUEL),
    )
    assert matched(found) == {"h1": MONTLUEL, "h2": MONTLUEL}
    assert sum(a.table == "organisations" for a in found.additions) == 1


def test_a_declared_siren_with_another_name_is_a_question():
    found = planned(account("h", "Ville d'Albi", siren_declare="248100737"))
    assert not found.additions
    assert asked(found) == {"h": f"{ALBI}|248100737"}
    assert [p.why.split(",")[0] for p in found.doubts[0].possibles] == [
        "son nom",
        "le SIREN qu'il déclare",
    ]


def test_a_siren_that_the_platform_found_is_certain_when_the_name_agrees():
    found = planned(account("h", "Mairie d'Acigné", siren_trouve=ACIGNE))
    assert matched(found) == {"h": ACIGNE}
    assert [m[3] for m in found.matches] == [
        "le SIREN que la plateforme lui a trouvé et le nom concordent"
    ]


def test_what_the_account_declares_comes_before_what_the_platform_found():
    cells = {"siren_declare": ACIGNE, "siren_trouve": ALBI}
    found = planned(account("h", "Mairie d'Acigné", **cells))
    assert matched(found) == {"h": ACIGNE}


def test_a_siren_that_the_platform_found_for_another_name_is_a_question():
    found = planned(account("h", "Les archives du canal", siren_trouve=ALBI))
    assert not found.additions
    assert [(d.siren, d.why) for d in found.doubts] == [
        (ALBI, "SIREN que la plateforme lui a trouvé, mais le nom diffère")
    ]


def test_a_name_that_says_more_than_the_siren_that_the_platform_found_is_asked_first():
    found = planned(account("h", "Ville d'Albi", siren_trouve=ACIGNE))
    assert asked(found) == {"h": ALBI}


def test_a_name_alone_is_never_enough():
    found = planned(account("h", "Mairie d'Acigné"))
    assert not found.additions
    assert asked(found) == {"h": ACIGNE}


def test_words_between_brackets_may_tell_another_body():
    (alone,) = planned(account("h", "Montluel (CCAS)")).doubts
    (declared,) = planned(account("h", "Montluel (CCAS)", siren_declare=MONTLUEL)).doubts
    assert (alone.siren, alone.score) == (MONTLUEL, 0.6)
    assert declared.why == "SIREN déclaré, mais le nom diffère"


def test_a_near_name_is_a_question_with_a_score():
    (doubt,) = planned(account("h", "Mairie de Montluell")).doubts
    assert doubt.siren == MONTLUEL
    assert 0.8 <= doubt.score < 0.95
    assert doubt.why == "nom proche de « Montluel » (COM, 01, 210102620)"


def test_bodies_that_are_as_near_are_all_named():
    there = [body("210102638", "Montluet", departement="01")]
    (doubt,) = planned(account("h", "Mairie de Montluer"), organisations=there).doubts
    assert doubt.sirens == (MONTLUEL, "210102638")
    assert doubt.why == "plusieurs organismes portent un nom proche"


@pytest.mark.parametrize("at", range(len("Montluel")))
def test_a_name_is_near_wherever_its_slip_stands(at):
    (doubt,) = planned(account("h", f"Mairie de {'Montluel'[:at]}x{'Montluel'[at + 1 :]}")).doubts
    assert doubt.siren == MONTLUEL


def test_a_portal_of_a_region_only_suggests_bodies_of_it():
    accounts = [account(i, n, plateforme="rennes") for i, n in (("1", "Acigné"), ("2", "Albi"))]
    assert asked(planned(*accounts)) == {"1": ACIGNE, "2": ""}


def test_an_unknown_public_body_is_a_question_with_its_siren_and_a_guess():
    (doubt,) = planned(
        account("h", "Syndicat des eaux", siren_declare="254002272", categorie="public-service")
    ).doubts
    assert (doubt.siren, doubt.candidat) == ("254002272", "")
    assert doubt.why.endswith(" ; peut-être un groupement de collectivités (AGCT)")


@pytest.mark.parametrize(
    ("nom", "cells", "reason"),
    [
        ("Orange", {"categorie": "company"}, "ni collectivité ni service public"),
        ("Les Amis", {"categorie": ""}, "ni collectivité ni service public"),
        ("Agence nationale", {"siren_declare": "180067027"}, "organisme national"),
        ("Ministère des Sports", {}, "service de l'État"),
        ("Mairie d'Acigné", {"nb_jeux": "0", "statut": "vide"}, "aucun jeu de données"),
    ],
)
def test_who_is_out_of_scope_is_counted_not_asked(nom, cells, reason):
    found = planned(account("h", nom, **cells))
    assert found.empty
    assert reasons(found) == {nom: reason}


def test_a_service_of_the_state_that_the_register_lists_is_a_question():
    found = planned(
        account("h", "DDT Tarn et Garonne"),
        organisations=[body("130011224", "DDT TARN ET GARONNE", "SDE")],
    )
    assert asked(found) == {"h": "130011224"}


def test_a_company_that_bears_the_name_of_a_registered_body_is_a_question():
    found = planned(
        account("h", "Keolis Agen", categorie="company"),
        organisations=[body("313151110", "KEOLIS AGEN", "DSPT")],
    )
    assert asked(found) == {"h": "313151110"}


def test_an_id_of_the_register_comes_before_the_declared_siren():
    found = planned(
        account("h", "Mairie d'Albi", siren_declare=ALBI),
        organisations=[body(ACIGNE, "Acigné")],
        publications=[publication(ACIGNE, "h")],
    )
    assert matched(found) == {"h": ACIGNE}


def test_a_line_that_a_person_moved_to_another_body_corrects_the_match():
    found = planned(
        account("h", "Mairie d'Albi", siren_declare=ALBI),
        organisations=[body(ACIGNE, "Acigné")],
        publications=[publication(ACIGNE, "h")],
        rapprochements=[decision("h", ALBI, "automatique")],
    )
    assert matched(found) == {"h": ACIGNE}
    assert not found.additions


def test_the_slug_in_the_register_finds_the_account():
    found = planned(
        account("5877", "Acigné", url="https://www.data.gouv.fr/organizations/mairie-d-acigne/"),
        organisations=[body(ACIGNE, "Acigné")],
        publications=[
            publication(
                ACIGNE,
                "",
                url="https://www.data.gouv.fr/fr/organizations/mairie-d-acigne/#organization-datasets",
                origine="reprise",
            )
        ],
    )
    assert matched(found) == {"5877": ACIGNE}
    (edit,) = found.edits
    assert (edit.key, edit.field, edit.after) == (
        (ACIGNE, "data-gouv-fr", ""),
        "identifiant",
        "5877",
    )


def test_a_stale_slug_does_not_take_the_line_of_another_living_account():
    line = publication(ACIGNE, "old", url="https://www.data.gouv.fr/organizations/shared/")
    found = planned(
        account("old", "Acigné", url="https://www.data.gouv.fr/organizations/renamed/"),
        account("new", "Autre", url="https://www.data.gouv.fr/organizations/shared/"),
        organisations=[body(ACIGNE, "Acigné")],
        publications=[line],
    )
    assert matched(found) == {"old": ACIGNE}


def test_a_recreated_account_with_the_same_label_is_a_question():
    old = account("old", "Service ouvert de Rennes")
    found = planned(
        account("new", "Service ouvert  de RENNES"),
        base=[old],
        organisations=[body(RENNES, "Rennes Métropole", "MET")],
        publications=[publication(RENNES, "old")],
    )
    assert "new" not in matched(found)
    assert asked(found) == {"new": RENNES}


def test_a_label_shared_with_another_body_is_a_question():
    old = account("old", "Saint-Denis")
    found = planned(
        account("new", "Saint-Denis"),
        base=[old],
        organisations=[body(STDENIS974, "Saint-Denis")],
        publications=[publication(STDENIS974, "old")],
    )
    assert "new" not in matched(found)
    assert "new" in asked(found)


def test_a_retired_siren_leads_to_its_successor():
    found = planned(
        account("h", "Mairie d'Acigné", siren_declare="210000012"),
        redirections=[
            {
                "table": "organisations",
                "cle": "210000012",
                "successeur": ACIGNE,
                "motif": "fusion",
            }
        ],
    )
    assert matched(found) == {"h": ACIGNE}


def test_an_account_of_several_bodies_goes_to_the_one_that_bears_its_name():
    shared = [publication(ACIGNE, "h"), publication(RENNES, "h")]
    bodies = [body(ACIGNE, "Acigné"), body(RENNES, "Rennes Métropole", "MET")]
    found = planned(account("h", "Rennes Métropole"), organisations=bodies, publications=shared)
    assert matched(found) == {"h": RENNES}
    unclear = planned(account("h", "Le service"), organisations=bodies, publications=shared)
    assert asked(unclear) == {"h": f"{ACIGNE}|{RENNES}"}


def test_an_account_on_an_unknown_platform_is_left_aside():
    found = planned(account("h", "Acigné", plateforme="inconnue"))
    assert found.empty
    assert reasons(found) == {"Acigné": "plateforme absente du registre : inconnue"}
