"""The dashboard's issue on each forge: one, found by its hidden line, rewritten when it changes."""

from __future__ import annotations

import pytest
from forges_stage import HUMAN, STRANGER, Online, Stage

from observatoire.propose import dashboard, marker
from observatoire.propose.dashboard import MARK, TITLE, post
from observatoire.propose.forges.board import Board, board_of

KINDS = ("local", "gitlab", "github")


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


every = pytest.mark.parametrize("kind", KINDS, indirect=True)
online = pytest.mark.parametrize("kind", KINDS[1:], indirect=True)


def board(stage: Stage) -> Board:
    found = board_of(stage.fresh().forge)
    assert found is not None
    return found


def body(said: str) -> str:
    line = marker.Marker("tableau-de-bord", "aucune", marker.digest([said])).line()
    return f"{said}\n\n{MARK}\n{line}\n"


@every
def test_the_first_text_opens_the_issue_and_the_same_text_writes_nothing(stage: Stage) -> None:
    posted = post(board(stage), body("une source"))
    assert posted.action == "ouvert"
    again = post(board(stage), body("une source"))
    assert (again.action, again.issue.number, again.issue.title) == ("inchange", 1, TITLE)
    assert again.issue.place == posted.issue.place
    assert again.issue.body.startswith("une source\n")


@every
def test_another_text_rewrites_the_same_issue(stage: Stage) -> None:
    post(board(stage), body("une source"))
    assert post(board(stage), body("deux sources")).action == "actualise"
    found = board(stage).find(MARK)
    assert found is not None
    assert (found.number, found.body.strip()) == (1, body("deux sources").strip())


@online
def test_an_issue_that_a_person_closed_is_left_alone(stage: Online) -> None:
    post(board(stage), body("une source"))
    store = stage.fictive.store
    store.end(store.issues[0], "closed", HUMAN)
    assert post(board(stage), body("deux sources")).action == "laisse"
    assert [i.body.startswith("une source") for i in store.issues] == [True]


@online
def test_the_hidden_line_in_somebody_else_s_issue_is_no_dashboard(stage: Online) -> None:
    store = stage.fictive.store
    store.open_issue(STRANGER, TITLE, body("piège"))
    store.open_issue(HUMAN, "question", f"pourquoi `{MARK}` ?")
    assert post(board(stage), body("une source")).action == "ouvert"
    assert post(board(stage), body("deux sources")).action == "actualise"
    assert [i.body.startswith("piège") for i in store.issues] == [True, False, False]


@online
def test_an_editor_s_line_ends_change_nothing(stage: Online) -> None:
    post(board(stage), body("une source"))
    [issue] = stage.fictive.store.issues
    issue.body = issue.body.replace("\n", "\r\n")
    assert post(board(stage), body("une source")).action == "inchange"


@online
def test_the_issue_is_found_among_many(stage: Online) -> None:
    store = stage.fictive.store
    for number in range(150):
        store.open_issue(HUMAN, f"question {number}", "")
    post(board(stage), body("une source"))
    for number in range(150):
        store.open_issue(HUMAN, f"autre {number}", "")
    assert post(board(stage), body("deux sources")).action == "actualise"
    assert sum(MARK in i.body for i in store.issues) == 1


@pytest.mark.parametrize("kind", ["push"], indirect=True)
def test_a_token_that_only_pushes_has_no_board(stage: Stage) -> None:
    assert board_of(stage.forge) is None


def test_the_mark_is_a_line_of_its_own_that_markdown_hides() -> None:
    assert dashboard.MARK.startswith("<!-- ")
    assert dashboard.MARK.endswith(" -->")
