"""The files of a branch: what a plan says, and nothing else."""

from __future__ import annotations

from dataclasses import replace

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

from observatoire.files import Overlay
from observatoire.plan import Edit, Plan
from observatoire.reconcile import apply, plan
from observatoire.register import Register

KEY = (ACIGNE, "data-gouv-fr", "h")


def after(before, changes):
    return Register(Overlay(before.files, changes))


def test_an_empty_plan_changes_no_file():
    assert apply(register(), Plan(SOURCE)) == {}


def test_an_edit_changes_its_cell_and_the_rest_of_the_line_stays():
    before = register(
        organisations=[body(ACIGNE, "Acigné")],
        publications=[publication(ACIGNE, "h"), publication(ACIGNE, "i", nb_jeux="7")],
    )
    changes = apply(before, Plan(SOURCE, edits=(Edit("publications", KEY, "nb_jeux", "3", "9"),)))
    assert list(changes) == ["data/publications.csv"]
    was, now = before.keyed("publications"), after(before, changes).keyed("publications")
    assert now == {**was, KEY: {**was[KEY], "nb_jeux": "9"}}


def test_a_line_of_the_old_edition_that_is_edited_now_comes_from_the_harvest():
    before = register(publications=[publication(ACIGNE, "h", origine="reprise")])
    changes = apply(before, Plan(SOURCE, edits=(Edit("publications", KEY, "nb_jeux", "3", "9"),)))
    assert after(before, changes).keyed("publications")[KEY]["origine"] == "moisson"


def test_a_line_made_by_hand_stays_a_line_made_by_hand():
    before = register(publications=[publication(ACIGNE, "h", origine="manuel")])
    changes = apply(before, Plan(SOURCE, edits=(Edit("publications", KEY, "nb_jeux", "3", "9"),)))
    assert after(before, changes).keyed("publications")[KEY]["origine"] == "manuel"


def test_a_new_identifiant_moves_the_line_under_its_new_key():
    before = register(publications=[publication(ACIGNE, "", nb_jeux="1", nb_reutilisations="2")])
    old = (ACIGNE, "data-gouv-fr", "")
    edits = (
        Edit("publications", old, "identifiant", "", "h"),
        Edit("publications", old, "nb_jeux", "1", "3"),
    )
    now = after(before, apply(before, Plan(SOURCE, edits=edits))).keyed("publications")
    assert list(now) == [KEY]
    assert (now[KEY]["nb_jeux"], now[KEY]["nb_reutilisations"]) == ("3", "2")


def test_a_stale_plan_is_a_bug():
    before = register(publications=[publication(ACIGNE, "h", nb_jeux="4")])
    with pytest.raises(ValueError, match="stale plan"):
        apply(before, Plan(SOURCE, edits=(Edit("publications", KEY, "nb_jeux", "3", "9"),)))


def test_the_branch_carries_the_settled_harvest():
    base = [account(f"o{i}", f"Autre {i}") for i in range(9)]
    before = register(moissons=[*base, account("h", "Acigné")])
    changes = apply(before, Plan(SOURCE, date=TODAY), harvest(*base))
    assert list(changes) == [f"data/moissons/{SOURCE}.csv"]
    found = after(before, changes).keyed(f"moissons/{SOURCE}")
    assert found["data-gouv-fr", "h"]["absent_depuis"] == TODAY


def test_matches_are_recorded_with_their_method():
    before = register()
    theirs = harvest(account("h", "Mairie d'Acigné", siren_declare=ACIGNE))
    found = plan(SOURCE, harvest(), theirs, before, REFERENCE, TODAY)
    now = after(before, apply(before, found, theirs))
    assert list(now.table(f"rapprochements/{SOURCE}").records()) == [
        decision("h", ACIGNE, "automatique")
    ]


def test_a_match_without_its_line_is_not_recorded():
    before = register()
    theirs = harvest(
        account("h", "Mairie d'Acigné", siren_declare=ACIGNE),
        account("i", "Mairie d'Albi", siren_declare=ALBI),
    )
    found = plan(SOURCE, harvest(), theirs, before, REFERENCE, TODAY)
    cut = replace(found, additions=tuple(a for a in found.additions if a.key[0] == ALBI))
    now = after(before, apply(before, cut, theirs))
    assert [k[1] for k in now.keyed(f"rapprochements/{SOURCE}")] == ["i"]


def test_a_person_s_decision_is_never_rewritten():
    decisions = [decision("h", ALBI, "refusee", "nom")]
    before = register(rapprochements=decisions)
    theirs = harvest(account("h", "Mairie d'Albi", siren_declare=ALBI))
    found = plan(SOURCE, harvest(), theirs, before, REFERENCE, TODAY)
    assert f"data/rapprochements/{SOURCE}.csv" not in apply(before, found, theirs)


def test_the_register_is_read_once_however_many_edits_there_are():
    class Counting(Register):
        read = 0

        def keyed(self, name):
            Counting.read += 1
            return super().keyed(name)

    lines = [publication(ACIGNE, f"c{i:03}") for i in range(100)]
    before = Counting(register(publications=lines).files)
    edits = [
        Edit("publications", (ACIGNE, "data-gouv-fr", f"c{i:03}"), "nb_jeux", "3", "4")
        for i in range(100)
    ]
    apply(before, Plan(SOURCE, edits=tuple(edits)))
    assert Counting.read <= 3
