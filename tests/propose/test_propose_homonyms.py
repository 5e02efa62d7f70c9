"""A publisher that may be one of several bodies: a box for each, and one for none of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from propose_literals import DIRECTORY
from propose_place import BRANCH
from propose_register import (
    ACIGNE,
    AMANLIS,
    BRECE,
    COMMUNES,
    KNOWN,
    Desk,
    account,
    snapshot,
)

NONE = "aucun de ces organismes"
WHICH = account("ccc", "Mairie de Saint-Aubin", 3)


@pytest.fixture
def asked(clone: Desk) -> Desk:
    """A request that asks which of two communes of the same name an account is."""
    both = {AMANLIS: "Saint-Aubin", BRECE: "Saint-Aubin"}
    lines = [{**c, "nom": both.get(c["siren"], c["nom"])} for c in COMMUNES]
    clone.holds("reference/2026/communes", lines)
    clone.harvest(KNOWN, WHICH)
    clone.propose()
    return clone


def tick(desk: Desk, *ends: str, number: int = 1, before: str = " ", after: str = "x") -> None:
    """A person ticks the boxes of the lines that say this."""
    page = Path(desk.forge.get(number).place)
    lines = page.read_text("utf-8").split("\n")
    for end in ends:
        [at] = [i for i, line in enumerate(lines) if end in line and f"[{before}]" in line]
        lines[at] = lines[at].replace(f"[{before}]", f"[{after}]")
    page.write_text("\n".join(lines), "utf-8")


def decided(desk: Desk, ref: str = BRANCH) -> list[tuple[str, str, str]]:
    """What the branch writes down of who is who, without what was certain."""
    rows = desk.rows("rapprochements/datagouv", ref)
    found = [(r["identifiant"], r["siren"], r["decision"]) for r in rows]
    return [row for row in found if row[2] != "automatique"]


def test_each_body_of_the_name_has_a_box_and_none_of_them_too(asked: Desk) -> None:
    body = asked.forge.get(1).body
    assert "### À décider : lequel est-ce ? (1)" in body
    assert "Mairie de Saint-Aubin](https://www.data.gouv.fr/organizations/ccc/) », 3 jeux :" in body
    for siren in (AMANLIS, BRECE):
        assert f"\n  - [ ] Saint-Aubin, commune, Ille-et-Vilaine (35), [{siren}](https" in body
    assert f"\n  - [ ] {NONE} <!-- choix=" in body
    assert "1 question" in asked.forge.get(1).title
    assert "plusieurs cases cochées" not in body


@pytest.mark.parametrize(
    ("end", "decision", "sirens", "shown"),
    [
        (
            f"[{BRECE}]",
            ("ccc", BRECE, "acceptee"),
            {ACIGNE, BRECE},
            f"Saint-Aubin, 35 ([{BRECE}]({DIRECTORY}/{BRECE}))",
        ),
        (NONE, ("ccc", "", "refusee"), {ACIGNE}, NONE),
    ],
)
def test_the_box_ticked_alone_is_the_decision_for_ever(
    asked: Desk, end: str, decision: tuple[str, str, str], sirens: set[str], shown: str
) -> None:
    tick(asked, end)
    asked.propose()
    assert decided(asked) == [decision]
    assert {r["siren"] for r in asked.rows("organisations", BRANCH)} == sirens
    body = asked.forge.get(1).body
    assert "### Décidé par vous (1)" in body
    said = "« [Mairie de Saint-Aubin](https://www.data.gouv.fr/organizations/ccc/) » ="
    assert f"- [x] {said} {shown} <!-- choix=" in body
    assert body.count("- [x] ") == 1
    before = snapshot(asked)
    asked.propose(day="2026-01-12")
    assert snapshot(asked) == before
    asked.observatoire("requests", "merge", "1")
    asked.harvest(KNOWN, {**WHICH, "nom": "Commune de Saint-Aubin"})
    asked.propose(day="2026-01-19")
    assert not any("question" in r.title for r in asked.forge.all()[1:])
    assert decided(asked, "main") == [decision]


def test_two_boxes_of_a_question_decide_nothing_and_the_request_says_so(asked: Desk) -> None:
    tick(asked, f"[{AMANLIS}]", f"[{BRECE}]")
    asked.propose()
    body = asked.forge.get(1).body
    assert "plusieurs cases cochées : rien n'est décidé, n'en gardez qu'une" in body
    assert body.count("- [x] ") == 2
    assert not decided(asked)
    tick(asked, f"[{BRECE}]", before="x", after=" ")
    asked.propose()
    assert decided(asked) == [("ccc", AMANLIS, "acceptee")]


def test_two_boxes_ticked_in_a_merged_request_are_asked_again(asked: Desk) -> None:
    tick(asked, f"[{BRECE}]", NONE)
    asked.observatoire("requests", "merge", "1")
    for day in ("2026-01-12", "2026-01-19"):
        asked.propose(day=day)
        body = asked.forge.get(2).body
        assert "plusieurs cases cochées" in body
        assert body.count("- [x] ") == 2
    asked.observatoire("requests", "close", "2")
    asked.propose(day="2026-01-26")
    assert len(asked.forge.all()) == 2


def test_an_answer_taken_back_asks_which_again(asked: Desk) -> None:
    tick(asked, f"[{BRECE}]")
    asked.propose()
    tick(asked, f"[{BRECE}]", before="x", after=" ")
    asked.propose()
    assert not decided(asked)
    assert "lequel est-ce ? (1)" in asked.forge.get(1).body


def test_a_question_without_an_answer_is_asked_once(asked: Desk) -> None:
    asked.observatoire("requests", "merge", "1")
    asked.propose(day="2026-01-12")
    assert len(asked.forge.all()) == 1


def test_a_question_counts_as_many_as_it_has_bodies_and_there_is_always_one(asked: Desk) -> None:
    asked.harvest(KNOWN, account("bbb", "Ville d'Acigné", 4), WHICH)
    asked.propose("--max-questions", "2")
    body = asked.forge.get(1).body
    assert ("Ville d'Acigné" in body, "lequel est-ce" in body) == (True, False)
    asked.harvest(KNOWN, WHICH)
    asked.propose("--max-questions", "1")
    assert "lequel est-ce ? (1)" in asked.forge.get(1).body
