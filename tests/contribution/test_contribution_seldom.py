"""What seldom comes in a visit: odd branches, repeated columns, rows put in place of others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from contribution_place import BRANCH, RENNES, SECOND, TIDY, Place
from datami_visitor import FILE, ORGANISATIONS, content, save, table

from observatoire.contribution import desk, remarks
from observatoire.contribution.answer import Answer
from observatoire.contribution.branch import recognise
from observatoire.contribution.desk import Desk
from observatoire.contribution.examine import examine
from observatoire.contribution.model import Contribution, Rules, Version
from observatoire.contribution.reply import said_to
from observatoire.model import Breakdown, Finding, Malformed
from observatoire.plan import Edit

RULES = Rules("organisations", FILE, ORGANISATIONS)
ACIGNE = ("213500010",)
NOW = table(
    "200046977;Grand Lyon;69;45.76;12;Culture;actif",
    "213500010;Acigné;35;48.133181;4;Social;actif",
    "243500139;Rennes Métropole;35;48.11;57;Culture|Social;actif",
)
VISIT = recognise(BRANCH)
EDIT = Edit("organisations", RENNES, "nb_jeux", "57", "61")


def seen(sent: bytes, *older: bytes) -> Contribution:
    versions = [Version(str(i), text) for i, text in enumerate((*older, content(NOW)))]
    return examine(sent, versions, NOW, RULES, "essai")


def test_another_body_in_the_place_of_a_row_is_a_row_taken_out_and_a_new_one() -> None:
    (line,) = (x for x in content(NOW).splitlines() if x.startswith(ACIGNE[0].encode()))
    other = b"213500028,Amanlis,35,48.0,9,Culture,actif"
    found = seen(save(content(NOW)).replace(line, other))
    assert found.deletions == (ACIGNE,)
    assert [a.key for a in found.additions] == [("213500028",)]


def test_a_version_that_cannot_be_read_is_not_what_the_visitor_saw() -> None:
    found = seen(save(content(NOW), {(RENNES, "nb_jeux"): "61"}), b"\x00")
    assert (found.version, found.edits) == ("1", (EDIT,))


def test_a_column_that_is_there_twice_is_read_once() -> None:
    lines = content(NOW).decode().splitlines()
    twice = [f"{lines[0]},nom", *(f"{line},Autre" for line in lines[1:])]
    found = seen("\n".join([*twice, ""]).encode())
    assert (found.edits, [f.message for f in found.findings]) == (
        (),
        ["la colonne « nom » est là deux fois : seule la première est lue."],
    )


def test_quotes_around_a_cell_are_no_edit() -> None:
    found = seen(content(NOW).replace(b"Grand Lyon", b'"Grand Lyon"'))
    assert (found.empty, [(d.reason, d.count) for d in found.dropped]) == (
        True,
        [("guillemets", 1)],
    )


@pytest.mark.parametrize(("rows", "told"), [(20, 20), (21, 21), (22, 21)])
def test_the_last_sentence_counts_the_rows_that_are_left(rows: int, told: int) -> None:
    found = remarks.deleted([(f"{n:09d}",) for n in range(rows)], RULES)
    assert len(found) == told
    if rows > 20:
        expected = f"{rows - 20} {'autre ligne' if rows == 21 else 'autres lignes'}"
        assert found[-1].message == f"{expected} dans le même cas."


def test_a_row_of_a_table_without_a_status_is_the_matter_of_an_issue() -> None:
    (said,) = remarks.deleted([ACIGNE], RULES)
    assert "changez plutôt sa colonne « Statut »" in said.message
    bare = ORGANISATIONS._replace(fields=ORGANISATIONS.fields[:-1])
    (said,) = remarks.deleted([ACIGNE], replace(RULES, schema=bare))
    assert "dites plutôt dans un ticket pourquoi elle doit partir" in said.message


NOTHING = Contribution("organisations")


@pytest.mark.parametrize(
    ("found", "taken", "words"),
    [
        (NOTHING, "", "envoyée sans correction, ou le registre les a déjà toutes"),
        (replace(NOTHING, edits=(EDIT,)), "", "Ces corrections attendent une réponse"),
        (replace(NOTHING, findings=(Finding("x", "y"),)), "", "Rien n'a pu être appliqué"),
        (replace(NOTHING, edits=(EDIT,)), "!7", "demande !7, sans ce que Datami"),
        (replace(NOTHING, edits=(EDIT,), deletions=(ACIGNE,)), "!7", "une question pour vous"),
    ],
)
def test_a_visitor_is_told_what_becomes_of_the_visit(
    found: Contribution, taken: str, words: str
) -> None:
    assert VISIT is not None
    said = said_to(Answer(VISIT, found, RULES), taken)
    assert words in said
    assert ("question pour vous" in said) == bool(found.deletions)


def read(place: Place, tip: str) -> None:
    assert VISIT is not None
    Desk(place.repo, place.second, "2026-11-23", [place.second]).read(VISIT, tip)


def test_a_branch_of_another_history_is_not_read(place: Place) -> None:
    tip = place.put(BRANCH, "", {FILE: SECOND.encode()})
    with pytest.raises(Breakdown, match="ne part pas de ce dépôt"):
        read(place, tip)


def test_a_branch_without_its_file_or_with_a_huge_one_is_refused(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    tip = place.put(BRANCH, place.second, {FILE: None})
    with pytest.raises(Malformed, match="ne contient pas le fichier que son nom annonce"):
        read(place, tip)
    monkeypatch.setattr(desk, "MAX_BYTES", 10)
    with pytest.raises(Malformed, match="il n'a pas été lu"):
        read(place, place.second)


def test_a_branch_that_is_on_the_forge_alone_is_brought_here(place: Place) -> None:
    place.send({(RENNES, "latitude"): "48.12"})
    place.repo.run("update-ref", "-d", f"refs/heads/{BRANCH}")
    assert place.run() == 0
    (tidy,) = place.requests(TIDY)
    assert "48.12" in tidy.title
