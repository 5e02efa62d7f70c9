"""Lines of an old edition whose account the source no longer gives: taken over, or remembered."""

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

from observatoire.files import Overlay
from observatoire.plan import Edit
from observatoire.reconcile import apply, plan
from observatoire.register import Register, path_of
from observatoire.table import from_records

BODIES = [body(ACIGNE, "Acigné"), body(ALBI, "Albi"), body(MONTLUEL, "Montluel")]
LIVING = [account(f"k{i}", f"Compte {i}") for i in range(4)]
FOLLOWED = [publication(ACIGNE, f"k{i}") for i in range(4)]


def step(before, theirs, day):
    base = before.table(f"moissons/{SOURCE}")
    found = plan(SOURCE, base, harvest(*theirs), before, REFERENCE, day)
    return found, Register(Overlay(before.files, apply(before, found, harvest(*theirs))))


def test_a_renamed_account_takes_over_the_line_of_the_old_edition():
    line = publication(ALBI, "vieux-nom", nb_jeux="1", origine="reprise")
    before = register(organisations=BODIES, publications=[*FOLLOWED, line])
    found, _ = step(before, [*LIVING, account("h", "Mairie d'Albi", siren_declare=ALBI)], TODAY)
    assert not found.additions
    key = (ALBI, "data-gouv-fr", "vieux-nom")
    assert Edit("publications", key, "identifiant", "vieux-nom", "h") in found.edits


def test_a_line_of_a_harvest_is_never_taken_over_by_another_account():
    line = publication(ALBI, "ancien", origine="moisson")
    before = register(organisations=BODIES, publications=[*FOLLOWED, line])
    found, _ = step(before, [*LIVING, account("h", "Mairie d'Albi", siren_declare=ALBI)], TODAY)
    assert [a.key[2] for a in found.additions] == ["h"]


def test_a_line_that_no_harvest_ever_gave_ends_as_gone_after_the_grace_period():
    line = publication(ALBI, "ferme", origine="reprise")
    before = register(organisations=BODIES, publications=[*FOLLOWED, line])
    found, after = step(before, LIVING, "2026-01-01")
    assert ("ferme", "compte du registre que la source ne donne pas") in found.left
    assert found.absents == ((ALBI, "data-gouv-fr", "ferme"),)
    assert not found.edits
    found, after = step(after, LIVING, "2026-01-20")
    assert found.empty
    found, after = step(after, LIVING, "2026-02-01")
    assert [(e.key[2], e.field, e.after) for e in found.edits] == [("ferme", "statut", "disparu")]
    found, _ = step(after, LIVING, "2026-03-01")
    assert found.empty


def test_a_question_about_its_body_holds_the_absence_back():
    line = publication(ALBI, "ferme", origine="reprise")
    before = register(organisations=BODIES, publications=[*FOLLOWED, line])
    found, after = step(before, [*LIVING, account("h", "Mairie d'Albi")], "2026-01-01")
    assert [d.siren for d in found.doubts] == [ALBI]
    assert ("data-gouv-fr", "ferme") not in after.keyed(f"moissons/{SOURCE}")


def test_a_line_whose_id_a_person_wants_to_keep_is_not_given_up():
    line = publication(ALBI, "choisi", origine="reprise")
    no = {
        "table": "publications",
        "cle": f"{ALBI} data-gouv-fr choisi",
        "champ": "identifiant",
        "valeur": "h",
        "date": TODAY,
    }
    before = register(organisations=BODIES, publications=[*FOLLOWED, line], refus=[no])
    theirs = [*LIVING, account("h", "Mairie d'Albi", siren_declare=ALBI, nb_jeux="9")]
    found, after = step(before, theirs, "2026-01-01")
    assert {e.field for e in found.edits if e.key[0] == ALBI} == {"nb_jeux", "url"}
    assert ("data-gouv-fr", "choisi") not in after.keyed(f"moissons/{SOURCE}")
    again, _ = step(after, theirs, "2026-03-01")
    assert again.empty


def test_an_id_that_a_person_writes_again_after_the_bot_s_stays_and_is_not_given_up():
    line = publication(ALBI, "ancien", origine="reprise")
    before = register(organisations=BODIES, publications=[*FOLLOWED, line])
    theirs = [*LIVING, account("h", "Mairie d'Albi", siren_declare=ALBI, nb_jeux="9")]
    found, after = step(before, theirs, "2026-01-01")
    assert "identifiant" in {e.field for e in found.edits}
    table = after.table("publications")
    rows = [line if r["siren"] == ALBI else r for r in table.records()]
    again = from_records(table.columns, rows)
    put_back = {path_of("publications"): after.bytes_of("publications", again)}
    reverted = Register(Overlay(after.files, put_back))
    for day in ("2026-01-08", "2026-03-01"):
        found, reverted = step(reverted, theirs, day)
        assert found.empty
        assert found.left == (("Mairie d'Albi, identifiant", "remis comme avant par une personne"),)


def test_a_platform_that_names_accounts_otherwise_says_nothing_of_the_others():
    lines = [publication(ALBI, f"Nom {i}", origine="reprise") for i in range(9)]
    before = register(organisations=BODIES, publications=[*FOLLOWED, *lines])
    _, after = step(before, LIVING, "2026-01-01")
    assert len(after.table(f"moissons/{SOURCE}")) == len(LIVING)
