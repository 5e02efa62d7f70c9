"""What becomes of each act of a visitor: taken, asked, explained; never lost, never harmful."""

from __future__ import annotations

from dataclasses import replace

import pytest
from datami_visitor import FILE, ORGANISATIONS, content, save, table

from observatoire.contribution.examine import examine
from observatoire.contribution.model import Contribution, Rules, Version
from observatoire.contribution.tidy import tidy
from observatoire.model import Malformed
from observatoire.plan import Addition, Conflict, Edit
from observatoire.table import Table

RULES = Rules("organisations", FILE, ORGANISATIONS)
ACIGNE, RENNES, LYON = ("213500010",), ("243500139",), ("200046977",)
NOW = table(
    "200046977;Grand Lyon;69;45.76;12;Culture;actif",
    "213500010;Acigné;35;48.133181;4;Social;actif",
    "243500139;Rennes Métropole;35;48.11;57;Culture|Social;actif",
)


def seen(saved: bytes, *older: Table, current: Table = NOW, rules: Rules = RULES) -> Contribution:
    versions = [Version(str(i), content(t)) for i, t in enumerate((current, *older))]
    return examine(saved, versions, current, rules, "essai")


def without(text: bytes, key: tuple[str, ...]) -> bytes:
    lines = text.decode().splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(key[0])).encode()


def codes(found: Contribution) -> list[str]:
    return [f.code for f in found.findings]


def test_an_edit_carries_what_the_register_says_now_and_what_to_write() -> None:
    found = seen(save(content(NOW), {(RENNES, "nb_jeux"): "61"}))
    assert found.edits == (Edit("organisations", RENNES, "nb_jeux", "57", "61"),)
    assert found.version == "0"
    assert b"Rennes M\xc3\xa9tropole,35,48.11,61," in tidy(NOW, ORGANISATIONS, found)


def test_a_cleared_tag_empties_the_cell() -> None:
    found = seen(save(content(NOW), {(ACIGNE, "thematiques"): "undefined"}))
    assert found.edits == (Edit("organisations", ACIGNE, "thematiques", "Social", ""),)


def test_a_stale_page_reverts_nothing_and_says_so() -> None:
    old = table(*(";".join(r).replace(";57;", ";49;") for r in NOW.rows))
    found = seen(save(content(old), {(ACIGNE, "nom"): "ACIGNÉ"}), old)
    assert [(e.key, e.field) for e in found.edits] == [(ACIGNE, "nom")]
    assert (found.version, found.conflicts) == ("1", ())
    assert [(d.reason, d.count) for d in found.dropped] == [("perimees", 1)]


def test_a_row_put_back_to_an_older_version_is_a_stale_page() -> None:
    old = table(*(";".join(r).replace(";57;", ";49;") for r in NOW.rows))
    found = seen(save(content(NOW), {(RENNES, "nb_jeux"): "49"}), old)
    assert (found.edits, found.conflicts, found.version) == ((), (), "1")


def test_a_cell_that_main_moved_too_is_a_question() -> None:
    old = table(*(";".join(r).replace(";57;", ";49;") for r in NOW.rows))
    older = {(RENNES, "nb_jeux"): "61", (ACIGNE, "nom"): "ACIGNÉ"}
    moved = table(*(";".join(r).replace("Grand Lyon", "Métropole de Lyon") for r in NOW.rows))
    found = seen(save(content(old), older), old, current=moved)
    assert found.conflicts == (Conflict("organisations", RENNES, "nb_jeux", "49", "57", "61"),)
    assert [e.field for e in found.edits] == ["nom"]


def test_between_two_versions_that_explain_as_well_the_newest_is_chosen() -> None:
    old = table(*(";".join(r).replace(";57;", ";49;") for r in NOW.rows))
    found = seen(save(content(old), {(RENNES, "nb_jeux"): "61"}), old)
    assert (found.version, found.conflicts) == ("0", ())
    assert [(e.before, e.after) for e in found.edits] == [("57", "61")]


def test_an_edit_that_the_register_has_already_is_done() -> None:
    old = table(*(";".join(r).replace(";57;", ";61;") for r in NOW.rows))
    sent = save(content(NOW), {(RENNES, "nb_jeux"): "61", (ACIGNE, "nom"): "ACIGNÉ"})
    found = examine(sent, [Version("0", content(NOW))], old, RULES, "essai")
    assert [e.field for e in found.edits] == ["nom"]
    assert ("deja-fait", 1) in [(d.reason, d.count) for d in found.dropped]


def test_a_row_added_on_both_sides_gives_edits_and_questions_not_two_rows() -> None:
    row = {"siren": LYON[0], "nom": "Grand Lyon", "nb_jeux": "15", "departement": "69"}
    before = Table(NOW.columns, NOW.rows[1:])
    now = Table(
        NOW.columns, [("200046977", "Grand Lyon", "", "", "12", "", "actif"), *NOW.rows[1:]]
    )
    found = examine(
        save(content(before), added=[row]), [Version("b", content(before))], now, RULES, "essai"
    )
    assert found.edits == (Edit("organisations", LYON, "departement", "", "69"),)
    assert found.conflicts == (Conflict("organisations", LYON, "nb_jeux", "", "12", "15"),)
    assert found.additions == ()


def test_a_row_taken_out_stays_and_its_author_is_told_what_to_do() -> None:
    found = seen(without(save(content(NOW)), ACIGNE))
    assert (found.deletions, codes(found)) == ((ACIGNE,), ["ligne-retiree"])
    assert found.findings[0].sentence() == (
        "data/organisations.csv (Acigné) : vous avez retiré cette ligne : rien ne se supprime du"
        " registre, changez plutôt sa colonne « Statut »."
    )
    assert tidy(NOW, ORGANISATIONS, found) == content(NOW)


def test_a_line_that_cannot_be_read_is_not_taken_for_a_row_taken_out() -> None:
    sent = save(content(NOW)).replace(b"Acign\xc3\xa9,", b"Acign\xc3\xa9,a,b,")
    found = seen(sent)
    assert (found.deletions, codes(found)) == ((), ["nombre-de-cellules"])


def test_a_key_changed_in_place_is_neither_a_removal_nor_a_new_row() -> None:
    found = seen(save(content(NOW)).replace(b"213500010", b"213500028"))
    assert (found.edits, found.additions, found.deletions) == ((), (), ())
    (said,) = found.findings
    assert (said.code, said.key, said.field, said.label) == (
        "cle-modifiee",
        ACIGNE,
        "siren",
        "Acigné",
    )
    assert "« 213500010 » → « 213500028 »" in said.message


def test_the_other_cells_of_a_row_whose_key_was_changed_are_kept() -> None:
    sent = save(content(NOW), {(ACIGNE, "nb_jeux"): "9"}).replace(b"213500010", b"213500028")
    found = seen(sent)
    assert [(e.key, e.field, e.after) for e in found.edits] == [(ACIGNE, "nb_jeux", "9")]


def test_a_key_that_lost_its_zero_is_the_same_row() -> None:
    old = table("005520135;Lavalloise;53;;3;;actif", "213500010;Acigné;35;;4;;actif")
    sent = save(content(old), {(ACIGNE, "nom"): "ACIGNÉ"}).replace(b"005520135", b"5520135")
    found = seen(sent, current=old)
    assert [e.key for e in found.edits] == [ACIGNE]
    assert ([(d.reason, d.count) for d in found.dropped], codes(found)) == ([("zeros", 1)], [])


def test_a_new_row_under_a_key_that_exists_is_given_back() -> None:
    row = {"siren": ACIGNE[0], "nom": "Mairie d'Acigné", "nb_jeux": "9"}
    found = seen(save(content(NOW), added=[row]))
    assert (found.edits, found.additions, codes(found)) == ((), (), ["cle-en-double"])
    assert "Nombre de jeux « 9 »" in found.findings[0].message
    assert "si vous parliez d'un autre, vérifiez la colonne « SIREN »" in found.findings[0].message
    assert found.findings[0].label == "Acigné"


def test_a_row_repeated_as_it_is_is_dropped() -> None:
    sent = save(content(NOW))
    line = sent.splitlines(keepends=True)[1]
    found = seen(sent + line)
    assert (found.empty, [d.reason for d in found.dropped]) == (True, ["repetees"])


def test_rows_in_another_order_are_no_edit() -> None:
    header, *lines = save(content(NOW)).splitlines(keepends=True)
    found = seen(b"".join([header, *reversed(lines)]))
    assert (found.empty, [(d.reason, d.count) for d in found.dropped]) == (True, [("ordre", 2)])


def test_a_named_address_is_never_taken() -> None:
    edits = {(ACIGNE, "nom"): "Jeanne Martin j.martin@ville.fr", (RENNES, "nb_jeux"): "61"}
    found = seen(save(content(NOW), edits))
    assert ([e.key for e in found.edits], codes(found)) == ([RENNES], ["donnee-personnelle"])
    assert "ville.fr" not in repr(found)


def test_a_new_row_is_kept_without_its_named_address() -> None:
    row = {"siren": "210000001", "nom": "Bourg", "thematiques": "contact : x@bourg.fr"}
    found = seen(save(content(NOW), added=[row]))
    assert [(a.row["nom"], a.row["thematiques"]) for a in found.additions] == [("Bourg", "")]
    assert (codes(found), "bourg.fr" in repr(found)) == (["donnee-personnelle"], False)


def test_a_frozen_cell_and_a_computed_column_are_not_taken_and_say_where_to_go() -> None:
    rules = replace(
        RULES,
        frozen={(RENNES, "nb_jeux"): "compté à la main", (LYON, "*"): "fusion en cours"},
        locked={"departement": "Corrigez-le ailleurs."},
    )
    edits = {(RENNES, "nb_jeux"): "61", (LYON, "nom"): "X", (ACIGNE, "departement"): "44"}
    found = seen(save(content(NOW), edits), rules=rules)
    assert found.edits == ()
    assert codes(found) == ["cellule-figee", "colonne-calculee", "cellule-figee"]
    messages = "\n".join(f.message for f in found.findings)
    assert "« compté à la main »" in messages
    assert "« 35 » → « 44 » n'est pas repris ici. Corrigez-le ailleurs." in messages


def test_nothing_is_taken_from_a_generated_file() -> None:
    rules = replace(RULES, generated="Corrigez la ligne dans data/organisations.csv.")
    sent = save(content(NOW), {(ACIGNE, "nom"): "X"}, [{"siren": "210000001", "nom": "Bourg"}])
    found = examine(sent, [Version("t", content(NOW))], Table(NOW.columns), rules, "essai")
    assert (found.changes, codes(found)) == (False, ["fichier-produit"] * 2)
    assert all("data/organisations.csv" in f.message for f in found.findings)


def test_an_edit_of_a_row_that_left_the_register_is_told() -> None:
    now = Table(NOW.columns, [r for r in NOW.rows if r[0] != ACIGNE[0]])
    sent = save(content(NOW), {(ACIGNE, "nom"): "X"})
    found = examine(sent, [Version("0", content(NOW))], now, RULES, "essai")
    assert (found.edits, codes(found)) == ((), ["ligne-disparue"])


def test_a_column_of_the_visitor_is_ignored_and_one_taken_out_is_kept() -> None:
    sent = b"siren,nom,note\n213500010,ACIGN\xc3\x89,bonjour\n"
    found = seen(sent)
    assert [(e.key, e.field) for e in found.edits] == [(ACIGNE, "nom")]
    assert codes(found)[:2] == ["colonnes", "colonnes"]


def test_another_file_is_refused_whole() -> None:
    with pytest.raises(Malformed) as refusal:
        seen(b"siren,nom,statut\n999,Autre,actif\n")
    assert refusal.value.findings[0].code == "autre-fichier"


def test_a_new_row_says_why_it_is_there() -> None:
    found = seen(save(content(NOW), added=[{"siren": "210000001", "nom": ' "Le" Bourg '}]))
    empty = dict.fromkeys(ORGANISATIONS.columns, "")
    row = empty | {"siren": "210000001", "nom": "« Le » Bourg"}
    assert found.additions == (Addition("organisations", ("210000001",), row, "essai"),)


def test_thousands_of_rows_taken_out_give_a_bounded_answer() -> None:
    many = table(*(f"{n:09d};Commune {n};35;;1;;actif" for n in range(1, 3_000)))
    found = seen(b"".join(content(many).splitlines(keepends=True)[:2]), current=many)
    assert (len(found.deletions), len(found.findings)) == (2_998, 21)


def test_each_kind_of_noise_is_counted_and_none_is_an_edit() -> None:
    old = b"siren,nom,departement,latitude,nb_jeux,thematiques,statut\r\n"
    old += b"213500010,Acign\xc3\xa9 ,01,48.10,007,Social|Culture,actif\r\n"
    sent = save(old, {(ACIGNE, "departement"): "1", (ACIGNE, "thematiques"): "Culture|Social"})
    now = table("213500010;Acigné;01;48.1;7;Culture|Social;actif")
    found = examine(sent, [Version("0", old)], now, RULES, "essai")
    assert found.empty
    assert {d.reason: d.count for d in found.dropped} == {
        "fins-de-ligne": 2,
        "blancs": 1,
        "nombres": 2,
        "zeros": 1,
        "ecriture": 1,
    }


def test_a_row_taken_out_that_left_the_register_meanwhile_asks_nothing() -> None:
    now = Table(NOW.columns, [r for r in NOW.rows if r[0] != ACIGNE[0]])
    sent = without(save(content(NOW), {(RENNES, "nb_jeux"): "61"}), LYON)
    old = Version("0", content(NOW))
    gone = without(sent, ACIGNE)
    assert examine(gone, [old], now, RULES, "essai").deletions == (LYON,)
