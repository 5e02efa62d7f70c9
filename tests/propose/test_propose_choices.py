"""Ticks and strokes: read from a body, obeyed, kept when the bot rewrites it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from propose_literals import CONFLICT, DOUBT, PLAN, proposal

from observatoire.plan import Edit
from observatoire.propose.choices import (
    Choice,
    answers,
    asked,
    choose,
    decisions,
    keep,
    mark,
    settle,
)

MARK = mark(DOUBT)
ID = "741bc1902318"


@pytest.mark.parametrize(
    ("line", "answered"),
    [
        (f"- [ ] X {MARK}", {}),
        (f"- [x] X {MARK}", {ID: True}),
        (f"- [X] X {MARK}", {ID: True}),
        (f"* [x] X {MARK}  ", {ID: True}),
        (f"- [ ] ~~X~~ {MARK}", {ID: False}),
        (f"- [x] ~~X~~ {MARK}", {ID: False}),
        (f"- [ ] ~~X {MARK}~~", {ID: False}),
        (f"- [x] réécrit par une personne {MARK}\r", {ID: True}),
        (f"- [ x ] X {MARK}", {ID: True}),
        (f"+ [x ] X {MARK}", {ID: True}),
        (f"- [x] X {MARK} oui, vérifié", {ID: True}),
        (f"- [~] X {MARK}", {ID: False}),
        (f"- ~~[ ] X {MARK}~~", {ID: False}),
        (f"~~- [ ] X {MARK}~~", {ID: False}),
        ("- [x] sans marque", {}),
        (f"du texte [x] X {MARK}", {}),
        (f"- [x] `{mark(CONFLICT)}` {MARK}", {ID: True}),
    ],
)
def test_a_tick_says_yes_and_a_stroke_says_no(line: str, answered: dict[str, bool]) -> None:
    assert answers([f"avant\n{line}\naprès"]) == answered


def test_the_questions_of_a_body_are_told_by_the_mark_that_the_bot_wrote() -> None:
    fake = mark(CONFLICT)
    body = f"{fake}\n- « `{fake}` », sans case {MARK}\n- [ ] X {MARK}\n"
    assert asked([body]) == {ID}


def test_the_last_body_wins_even_to_take_an_answer_back() -> None:
    yes, no, empty = f"- [x] X {MARK}", f"- [ ] ~~X~~ {MARK}", f"- [ ] X {MARK}"
    assert answers([yes, no]) == {ID: False}
    assert answers([no, yes]) == {ID: True}
    assert answers([yes, empty]) == {}
    assert answers([yes, "rien"]) == {ID: True}


def test_an_answer_about_identity_becomes_a_decision() -> None:
    assert decisions(choose(PLAN, {ID: True})) == [
        {
            "plateforme": "data-gouv-fr",
            "identifiant": "5cc",
            "siren": "213500999",
            "methode": "decision",
            "score": "1",
            "decision": "acceptee",
        }
    ]
    [refused] = decisions(choose(PLAN, {ID: False}))
    assert refused["decision"] == "refusee"
    assert choose(PLAN, {"0" * 12: True}) == ()


def test_a_cell_moved_on_both_sides_follows_the_answer() -> None:
    yes = settle(PLAN, (Choice(CONFLICT, True),))
    assert yes.conflicts == ()
    edit = Edit("publications", CONFLICT.key, "url", CONFLICT.ours, CONFLICT.theirs)
    assert set(yes.edits) == {*PLAN.edits, edit}
    no = settle(PLAN, (Choice(CONFLICT, False),))
    assert (no.conflicts, set(no.edits)) == ((), set(PLAN.edits))


def test_another_candidate_is_another_question() -> None:
    assert mark(replace(DOUBT, siren="1")) != MARK
    assert mark(replace(DOUBT, score=0.1, why="x", nb_jeux=9, nom="y")) == MARK


@settings(max_examples=60)
@given(st.sampled_from(["", "x", "~"]), st.sampled_from(["", "x", "~"]))
def test_a_rewritten_body_keeps_every_answer(doubt: str, conflict: str) -> None:
    body = proposal().body

    def answer(text: str, question_mark: str, act: str) -> str:
        lines = text.splitlines()
        [at] = [i for i, line in enumerate(lines) if line.endswith(question_mark)]
        if act == "x":
            lines[at] = lines[at].replace("- [ ]", "- [x]", 1)
        if act == "~":
            said = lines[at].removeprefix("- [ ] ").removesuffix(question_mark).strip()
            lines[at] = f"- [ ] ~~{said}~~ {question_mark}"
        return "\n".join(lines) + "\n"

    old = answer(answer(body, MARK, doubt), mark(CONFLICT), conflict)
    new = keep(old, proposal(replace(PLAN, edits=())).body)
    assert answers([new]) == answers([old])
    assert keep(new, new) == new
    assert keep("", body) == body
