"""What one source would change: additions, edits, questions, vetoes, absences, anomalies."""

from __future__ import annotations

import pytest
from reconcile_literals import (
    ACIGNE,
    ALBI,
    REFERENCE,
    SOURCE,
    TODAY,
    account,
    body,
    decision,
    harvest,
    publication,
    register,
)

from observatoire.plan import Conflict, Edit, Plan
from observatoire.reconcile import plan

KEY = (ACIGNE, "data-gouv-fr", "h")
BODIES = [body(ACIGNE, "Acigné")]


def planned(base, theirs, **tables):
    return plan(SOURCE, harvest(*base), harvest(*theirs), register(**tables), REFERENCE, TODAY)


def one(base, ours, theirs, **tables):
    """The plan for one cell, nb_jeux, of one account."""
    return planned(
        [account("h", "Acigné", nb_jeux=base)] if base else [],
        [account("h", "Acigné", nb_jeux=theirs)],
        organisations=BODIES,
        publications=[publication(ACIGNE, "h", nb_jeux=ours)],
        **tables,
    )


def lock(champ="nb_jeux", **cells):
    defaults = {"table": "publications", "cle": " ".join(KEY), "champ": champ}
    return [{**defaults, "motif": "compté à la main", "statut": "actif", **cells}]


def refusal(champ="nb_jeux", valeur="9", **cells):
    defaults = {"table": "publications", "cle": " ".join(KEY), "champ": champ, "valeur": valeur}
    return [{**defaults, "date": TODAY, **cells}]


def test_a_count_that_only_the_source_moved_is_an_edit():
    assert one("3", "3", "9").edits == (Edit("publications", KEY, "nb_jeux", "3", "9"),)


def test_a_count_that_only_a_person_moved_is_kept():
    assert one("3", "4", "3").empty


def test_a_count_that_both_moved_is_a_question():
    found = one("3", "4", "9")
    assert found.conflicts == (Conflict("publications", KEY, "nb_jeux", "3", "4", "9"),)
    assert not found.edits


def test_a_lock_wins_and_is_told():
    found = one("3", "3", "9", verrous=lock())
    assert found.empty
    assert found.left == (("Acigné, nb_jeux", "cellule verrouillée : compté à la main"),)


@pytest.mark.parametrize(
    "cells", [{"statut": "leve"}, {"echeance": "2026-11-19"}, {"champ": "url"}, {"cle": "autre"}]
)
def test_a_lock_that_is_over_or_elsewhere_does_not_count(cells):
    assert one("3", "3", "9", verrous=lock(**cells)).edits


@pytest.mark.parametrize("cells", [{"echeance": TODAY}, {"champ": "*"}])
def test_a_lock_holds_on_its_last_day_and_on_the_whole_line(cells):
    assert one("3", "3", "9", verrous=lock(**cells)).empty


def test_a_lock_silences_a_question_too():
    assert one("3", "4", "9", verrous=lock()).empty


def test_a_refused_value_is_not_proposed_again_until_the_source_says_something_else():
    assert one("3", "3", "9", refus=refusal()).empty
    assert one("3", "3", "10", refus=refusal()).edits


def test_a_refused_value_stays_refused_once_the_base_has_moved_and_then_is_a_question():
    assert one("9", "3", "9", refus=refusal()).empty
    assert one("9", "3", "10", refus=refusal()).conflicts


def test_a_refused_line_is_not_added_nor_its_body():
    theirs = [account("h", "Acigné", siren_declare=ACIGNE)]
    found = planned([], theirs, refus=refusal("*", "*"))
    assert found.empty
    assert found.left == (("Acigné", "ajout refusé par une personne"),)
    body_refused = refusal("*", "*", table="organisations", cle=ACIGNE)
    assert planned([], theirs, refus=body_refused).empty


def test_a_first_harvest_edits_the_old_edition_and_asks_about_hand_made_lines():
    def first(origine):
        line = publication(ACIGNE, "h", nb_jeux="1", origine=origine)
        return planned([], [account("h", "Acigné")], organisations=BODIES, publications=[line])

    assert first("reprise").edits == (Edit("publications", KEY, "nb_jeux", "1", "3"),)
    assert [c.field for c in first("manuel").conflicts] == ["nb_jeux"]


def test_an_account_that_empties_out_becomes_empty():
    found = planned(
        [account("h", "Acigné")],
        [account("h", "Acigné", nb_jeux="0", statut="vide")],
        organisations=BODIES,
        publications=[publication(ACIGNE, "h")],
    )
    assert [(e.field, e.after) for e in found.edits] == [("nb_jeux", "0"), ("statut", "vide")]


def absent_since(day):
    others = [account(f"o{i}", f"Autre {i}", nb_jeux="0", statut="vide") for i in range(9)]
    return planned(
        [*others, account("h", "Acigné", absent_depuis=day)],
        others,
        organisations=BODIES,
        publications=[publication(ACIGNE, "h")],
    )


def test_an_absence_changes_nothing_at_first_and_is_told():
    found = absent_since("")
    assert (found.additions, found.edits, found.conflicts, found.doubts) == ((), (), (), ())
    assert found.absents == (KEY,)
    assert ("Acigné", "absent de cette moisson") in found.left


def test_an_absence_is_told_once_and_so_is_a_return():
    found = absent_since("2026-11-19")
    assert found.empty
    assert ("Acigné", "absent de la source depuis le 19 novembre 2026") in found.left
    back = planned(
        [account("h", "Acigné", absent_depuis="2026-11-19")],
        [account("h", "Acigné")],
        organisations=BODIES,
        publications=[publication(ACIGNE, "h")],
    )
    assert (back.absents, back.revenus, back.empty) == ((), (KEY,), False)


def test_after_the_grace_period_the_line_gets_a_status_and_is_never_removed():
    assert absent_since("2026-10-01").edits == (
        Edit(
            "publications",
            KEY,
            "statut",
            "publie",
            "disparu",
            "absent de la source depuis le 1er octobre 2026",
        ),
    )


def test_an_absent_stranger_is_not_asked_about():
    others = [account(f"o{i}", f"Autre {i}", nb_jeux="0", statut="vide") for i in range(9)]
    assert planned([*others, account("h", "Mairie d'Albi")], others).empty


def test_a_line_that_a_person_removed_does_not_come_back():
    theirs = [account("h", "Acigné", siren_declare=ACIGNE)]
    recorded = [decision("h", ACIGNE, "automatique")]
    found = planned(theirs, theirs, organisations=BODIES, rapprochements=recorded)
    assert found.empty
    assert found.left == (("Acigné", "ligne retirée du registre par une personne"),)


def test_a_yes_that_contradicts_another_line_is_told_not_applied():
    found = planned(
        [],
        [account("h", "Albi")],
        organisations=[*BODIES, body(ALBI, "Albi")],
        publications=[publication(ACIGNE, "h")],
        rapprochements=[decision("h", ALBI, "acceptee")],
    )
    assert found.empty
    assert "gardez l'une des deux" in found.left[0][1]


def test_a_nameless_line_goes_to_the_account_with_the_most_datasets():
    found = planned(
        [],
        [
            account("big", "Mairie d'Acigné", siren_declare=ACIGNE, nb_jeux="9"),
            account("small", "Acigné (IRVE)", siren_declare=ACIGNE, nb_jeux="1"),
        ],
        organisations=BODIES,
        publications=[publication(ACIGNE, "", url="", nb_jeux="9", origine="reprise")],
    )
    assert [a.key[2] for a in found.additions] == ["small"]
    assert {(e.field, e.after) for e in found.edits} == {
        ("identifiant", "big"),
        ("url", "https://www.data.gouv.fr/organizations/big-slug/"),
    }


def test_questions_come_with_the_likeliest_first():
    found = planned([], [account("1", "Inconnue du lieu"), account("2", "Mairie d'Albi")])
    assert [d.identifiant for d in found.doubts] == ["2", "1"]


def test_a_recorded_match_is_not_recorded_again():
    found = planned(
        [],
        [account("h", "Acigné")],
        organisations=BODIES,
        publications=[publication(ACIGNE, "h")],
        rapprochements=[decision("h", ACIGNE, "automatique")],
    )
    assert found.matches == ()
    assert found.empty


def crowd(count, **cells):
    return [account(f"c{i:03}", f"Compte {i}", **cells) for i in range(count)]


def lines(count, **cells):
    return [publication(ACIGNE, f"c{i:03}", **cells) for i in range(count)]


def test_a_collapse_of_the_counts_is_an_anomaly_with_its_figures():
    fallen = [*crowd(10, nb_jeux="1"), *crowd(40, nb_jeux="9")[10:]]
    found = planned(
        crowd(40, nb_jeux="9"), fallen, organisations=BODIES, publications=lines(40, nb_jeux="9")
    )
    assert found.anomalies == (
        "10 comptes sur 40 perdent plus de la moitié de leurs jeux de données (80 jeux en moins).",
    )


def test_a_few_falling_counts_are_no_anomaly():
    fallen = [*crowd(5, nb_jeux="1"), *crowd(40, nb_jeux="9")[5:]]
    found = planned(
        crowd(40, nb_jeux="9"), fallen, organisations=BODIES, publications=lines(40, nb_jeux="9")
    )
    assert (len(found.edits), found.anomalies) == (5, ())


def test_a_count_that_is_no_number_breaks_nothing():
    assert [c.theirs for c in one("3", "une dizaine", "9").conflicts] == ["9"]
    assert [e.after for e in one("une dizaine", "une dizaine", "9").edits] == ["9"]


def test_a_flood_of_entries_is_an_anomaly():
    theirs = [account(f"c{i:03}", "Mairie d'Acigné", siren_declare=ACIGNE) for i in range(101)]
    assert planned([], theirs).anomalies == (
        "101 entrées d'un coup, pour 0 ligne déjà dans le registre.",
    )
    assert planned([], theirs[:100]).anomalies == ()


def test_a_column_that_falls_silent_is_an_anomaly():
    found = planned(crowd(12), crowd(12, url=""))
    assert found.anomalies == (
        "la source ne donne presque plus « url » : 0 % des lignes, contre 100 % à la moisson"
        " précédente.",
    )


def test_an_incomplete_answer_is_an_anomaly_and_no_absence():
    found = planned(crowd(20), crowd(10))
    assert found.anomalies[0].startswith("data.gouv.fr : 10 publicateurs sur 20 manquent d'un")
    assert not any("absent" in reason for _, reason in found.left)


@pytest.mark.parametrize("field", ["absents", "revenus"])
def test_an_absence_to_date_is_something_to_propose(field):
    assert Plan("s", waiting=(("1", "p", "a"),)).empty
    assert not Plan("s", **{field: (("1", "p", "a"),)}).empty
