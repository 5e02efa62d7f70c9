"""What people answer or refuse in a request: `observatoire propose` obeys and asks no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from propose_place import BRANCH
from propose_register import (
    ACIGNE,
    AMANLIS,
    BRECE,
    KNOWN,
    NEW,
    TABLES,
    UNSURE,
    Desk,
    account,
    snapshot,
)


def test_a_closed_request_is_refused_cell_by_cell_until_the_source_changes(desk: Desk) -> None:
    desk.harvest(account("aaa", "Acigné", 12), NEW)
    desk.propose()
    assert "À décider : modifié des deux côtés (1)" in desk.forge.get(1).body
    assert desk.observatoire("requests", "close", "1") == 0
    before = snapshot(desk)
    assert desk.propose() == 0
    assert snapshot(desk)["merge-requests/1.json"] == before["merge-requests/1.json"]
    for week in range(10):
        assert desk.propose(day=f"2026-03-{week + 10}") == 0
    assert len(desk.forge.all()) == 1
    desk.harvest(account("aaa", "Acigné", 13), NEW)
    desk.propose(day="2026-04-01")
    request = desk.forge.get(2)
    assert request.title == "data.gouv.fr : 1 question"
    assert "fermée sans fusion : n° 1. La branche garde 2 refus notés" in request.body
    refused = desk.rows("refus", BRANCH)
    assert {(r["table"], r["cle"], r["champ"], r["ou"]) for r in refused} == {
        ("organisations", AMANLIS, "*", "demande n° 1"),
        ("publications", f"{AMANLIS} data-gouv-fr bbb", "*", "demande n° 1"),
    }


def test_a_new_doubt_alone_is_asked_once(desk: Desk) -> None:
    desk.harvest(KNOWN, UNSURE)
    desk.propose()
    request = desk.forge.get(1)
    assert request.title == "data.gouv.fr : 1 question"
    asked = "- [ ] « [Brécé](https://www.data.gouv.fr/organizations/ccc/) » = Brécé, 35"
    assert f"{asked} ([{BRECE}]" in request.body
    desk.observatoire("requests", "merge", "1")
    desk.harvest(KNOWN, {**UNSURE, "nb_jeux": "4"})
    desk.propose()
    assert len(desk.forge.all()) == 1


def test_an_account_told_once_in_a_closed_request_is_not_told_again(desk: Desk) -> None:
    unknown = account("ddd", "Régie de Nulle-Part", 3)
    desk.harvest(KNOWN, NEW, unknown)
    desk.propose()
    assert "**1 compte inconnu**" in desk.forge.get(1).body
    desk.observatoire("requests", "close", "1")
    desk.harvest(account("aaa", "Acigné", 12), NEW, unknown)
    desk.propose(day="2026-01-19")
    assert "modifié des deux côtés (1)" in desk.forge.get(2).body
    assert "compte inconnu" not in desk.forge.get(2).body


def test_an_account_recognised_under_another_name_stays_refused(desk: Desk) -> None:
    slug = {"identifiant": "mairie-d-acigne", "origine": "reprise"}
    rows = [{**TABLES["publications"][0], **slug}]
    desk.holds("publications", rows)
    desk.harvest({**KNOWN, "siren_declare": ACIGNE, "nom": "Mairie d'Acigné"})
    desk.propose()
    assert "1 compte reconnu" in desk.forge.get(1).title
    desk.observatoire("requests", "close", "1")
    for week in range(10):
        desk.propose(day=f"2026-03-{week + 10}")
    assert len(desk.forge.all()) == 1


def test_questions_that_do_not_fit_wait_for_the_answers_and_none_is_lost(desk: Desk) -> None:
    first, second = account("bbb", "Amanlis", 4), UNSURE
    desk.harvest(KNOWN, first, second)
    one = ("--max-questions", "1")
    desk.propose(*one)
    request = desk.forge.get(1)
    assert request.title == "data.gouv.fr : 1 question sur 2"
    assert "**1 question** pour vous, ci-dessous ; 1 autre attend vos réponses" in request.body
    assert (request.body.count("- [ ]"), "Brécé" in request.body) == (1, False)
    desk.observatoire("requests", "merge", "1")
    desk.propose(*one, day="2026-01-12")
    request = desk.forge.get(2)
    assert request.title == "data.gouv.fr (suite) : 1 question"
    assert "Suite de la demande n° 1, qui était pleine." in request.body
    assert "» = Brécé, 35" in request.body
    page = Path(request.place)
    page.write_text(page.read_text("utf-8").replace("- [ ] «", "- [x] «", 1), "utf-8")
    desk.propose(*one, day="2026-01-19")
    desk.observatoire("requests", "merge", "2")
    desk.propose(*one, day="2026-01-26")
    assert len(desk.forge.all()) == 2
    known = {r["siren"]: r["decision"] for r in desk.rows("rapprochements/datagouv", "main")}
    assert known[BRECE] == "acceptee"


@pytest.mark.parametrize(
    ("answer", "decision", "sirens"),
    [("- [x] «", "acceptee", {ACIGNE, BRECE}), ("- [ ] ~~«", "refusee", {ACIGNE})],
)
def test_an_answer_is_obeyed_and_written_down_for_ever(
    desk: Desk, answer: str, decision: str, sirens: set[str]
) -> None:
    desk.harvest(KNOWN, UNSURE)
    desk.propose()
    page = Path(desk.forge.get(1).place)
    page.write_text(page.read_text("utf-8").replace("- [ ] «", answer), "utf-8")
    desk.propose()
    known = {r["siren"]: r["decision"] for r in desk.rows("rapprochements/datagouv", BRANCH)}
    assert known[BRECE] == decision
    assert {r["siren"] for r in desk.rows("organisations", BRANCH)} == sirens
    before = snapshot(desk)
    desk.propose(day="2026-01-12")
    assert snapshot(desk) == before
    desk.observatoire("requests", "merge", "1")
    desk.propose(day="2026-01-19")
    assert [r.state for r in desk.forge.all()] == ["fusionnee"]
    desk.harvest(KNOWN, {**UNSURE, "nom": "Ville de Brécé"})
    desk.propose(day="2026-01-26")
    assert not any("question" in r.title for r in desk.forge.all()[1:])


def test_an_answer_taken_back_asks_again(desk: Desk) -> None:
    desk.harvest(KNOWN, UNSURE)
    desk.propose()
    page = Path(desk.forge.get(1).place)
    for old, new in (("- [ ] «", "- [x] «"), ("- [x] «", "- [ ] «")):
        page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
        desk.propose()
    assert {r["siren"] for r in desk.rows("organisations", BRANCH)} == {ACIGNE}
    assert "Décidé par vous" not in desk.forge.get(1).body
