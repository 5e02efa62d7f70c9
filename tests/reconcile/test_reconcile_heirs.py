"""A body that another replaced: its lines go to the one that stands today."""

from __future__ import annotations

from reconcile_literals import (
    ACIGNE,
    ALBI,
    MONTLUEL,
    REFERENCE,
    SOURCE,
    TODAY,
    account,
    body,
    harvest,
    publication,
    register,
)
from test_reconcile_laws import applied, planned

from observatoire.plan import Edit
from observatoire.propose.share import limit
from observatoire.reconcile import plan

KEY = (ACIGNE, "data-gouv-fr", "a")
MOVE = ("publications", KEY, "siren", ALBI)
REPLACED = [{"table": "organisations", "cle": ACIGNE, "successeur": ALBI, "motif": "fusion"}]
SAID = account("a", "Acigné", nb_jeux="7")


def before(**tables):
    given = {
        "organisations": [body(ACIGNE, "Acigné"), body(ALBI, "Albi")],
        "publications": [publication(ACIGNE, "a", nb_jeux="3")],
        "moissons": [account("a", "Acigné", nb_jeux="3")],
        "redirections": REPLACED,
    }
    return register(**{**given, **tables})


def moves(found):
    return [(e.table, e.key, e.field, e.after) for e in found.edits if e.field == "siren"]


def test_the_line_of_a_replaced_body_goes_to_its_successor_with_what_the_source_says():
    start = before()
    found = planned(start, harvest(SAID))
    assert moves(found) == [MOVE]
    assert found.edits[-1].why == f"{ACIGNE} est remplacé par {ALBI} dans data/redirections.csv"
    assert not found.additions
    after = applied(start, found, harvest(SAID))
    ((key, line),) = after.keyed("publications").items()
    assert (key, line["nb_jeux"]) == ((ALBI, *KEY[1:]), "7")
    assert planned(after, harvest(SAID)).empty


def test_a_successor_that_the_register_lacks_enters_with_the_line():
    start = before(organisations=[body(ACIGNE, "Acigné")])
    found = planned(start, harvest(SAID))
    assert moves(found) == [MOVE]
    ((table, key, why),) = [(a.table, a.key, a.why) for a in found.additions]
    assert (table, key) == ("organisations", (ALBI,))
    assert why == "remplace Acigné, d'après data/redirections.csv"


def test_a_replaced_body_is_called_by_the_name_that_the_register_gives_it():
    start = before(organisations=[body(ACIGNE, "ACIGNE VILLE")])
    assert [a.why for a in planned(start, harvest(SAID)).additions] == [
        "remplace ACIGNE VILLE, d'après data/redirections.csv"
    ]


def test_a_line_and_the_successor_that_it_goes_to_never_part():
    first = [publication(MONTLUEL, "m", nb_jeux="1")]
    start = before(
        organisations=[body(ACIGNE, "Acigné")],
        publications=[*first, publication(ACIGNE, "a", nb_jeux="3")],
        moissons=[],
    )
    said = harvest(SAID, account("m", "Montluel", siren_declare=MONTLUEL, nb_jeux="2"))
    for lines in range(4):
        part = limit(plan(SOURCE, harvest(), said, start, REFERENCE, TODAY), lines)
        assert bool(moves(part)) == any(a.key == (ALBI,) for a in part.additions)


def test_a_person_may_keep_the_line_where_it_is():
    lock = {"table": "publications", "cle": " ".join(KEY), "champ": "siren", "statut": "actif"}
    refusal = {"table": "publications", "cle": " ".join(KEY), "champ": "siren", "valeur": ALBI}
    newcomer = {"table": "organisations", "cle": ALBI, "champ": "*", "valeur": "*"}
    for tables in (
        {"verrous": [lock]},
        {"refus": [refusal]},
        {"refus": [newcomer], "organisations": [body(ACIGNE, "Acigné")]},
    ):
        found = planned(before(**tables), harvest(SAID))
        assert not found.additions
        assert found.edits == (Edit("publications", KEY, "nb_jeux", "3", "7"),)


def test_a_line_that_a_person_gave_back_to_the_old_body_stays_there():
    match = {"plateforme": "data-gouv-fr", "identifiant": "a", "siren": ALBI, "methode": "siren"}
    start = before(rapprochements=[{**match, "score": "1", "decision": "automatique"}])
    assert not moves(planned(start, harvest(SAID)))


def test_the_successor_s_own_line_of_an_account_is_the_one_to_follow():
    own = publication(ALBI, "a", nb_jeux="3")
    start = before(publications=[publication(ACIGNE, "a", nb_jeux="3"), own])
    found = planned(start, harvest(SAID))
    assert found.edits == (Edit("publications", (ALBI, *KEY[1:]), "nb_jeux", "3", "7"),)
