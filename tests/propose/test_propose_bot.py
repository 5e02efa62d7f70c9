"""The manners of the bot, with a real Git: one open request per topic, written only when needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from propose_literals import FIRST, PLAN, SECOND
from propose_place import BRANCH, Place

from observatoire.propose import marker
from observatoire.propose.bot import continued
from observatoire.propose.forges import MergeRequest, State
from observatoire.propose.forges.local import BOT
from observatoire.propose.proposal import Proposal


def with_harvest(wish: Proposal, harvest: bytes) -> Proposal:
    return replace(wish, changes={**wish.changes, "data/moissons/datagouv.csv": harvest})


def test_the_first_proposal_opens_a_request_on_the_topic_s_branch(place: Place) -> None:
    outcome = place.settle(FIRST)
    assert outcome.action == "ouverte"
    [request] = place.requests()
    assert (request.number, request.branch, request.target) == (1, BRANCH, "main")
    assert request.title == FIRST.title
    assert place.read("data/organisations.csv") == b"siren,nom\n1,Un\n2,Deux\n"
    assert place.read("lisez-moi.md") == b"!\n"
    [commit] = place.forge.repo.log("main..bot-moisson-datagouv")
    assert commit.author == commit.committer == BOT
    assert commit.subject == "moisson(datagouv) : 4 ajouts, 3 corrections"
    assert commit.date == "2026-01-05T00:00:00+00:00"


def test_the_hidden_line_names_the_topic_and_the_hash_of_what_is_proposed(place: Place) -> None:
    place.settle(FIRST)
    assert b"## Notes du robot" not in place.snapshot()["merge-requests/1.md"]
    known = marker.read(place.requests()[0].body)
    assert known is not None
    assert (known.topic, known.key) == ("moisson-datagouv", marker.key_of(PLAN))


def test_the_same_input_again_writes_no_byte(place: Place) -> None:
    place.settle(FIRST)
    before = place.snapshot()
    outcome = place.settle(FIRST, "2026-01-19")
    assert (outcome.action, outcome.wrote) == ("inchangee", False)
    assert place.snapshot() == before


def test_nothing_to_propose_writes_no_byte(place: Place) -> None:
    place.settle(None)
    before = place.snapshot()
    assert place.settle(None).action == "rien"
    assert place.snapshot() == before
    assert place.requests() == []


def test_a_new_harvest_updates_the_same_request(place: Place) -> None:
    place.settle(FIRST)
    outcome = place.settle(SECOND, "2026-01-12")
    assert outcome.action == "actualisee"
    [request] = place.requests()
    assert (request.number, request.title) == (1, SECOND.title)
    assert place.read("data/organisations.csv") == b"siren,nom\n1,Un\n2,Deux\n3,Trois\n"
    assert len(place.forge.repo.log(f"main..{BRANCH}")) == 1


def test_a_harvest_that_changes_nothing_in_the_register_does_not_move_the_branch(
    place: Place,
) -> None:
    place.settle(with_harvest(FIRST, b"lundi"))
    tip = place.tip()
    assert place.settle(with_harvest(FIRST, b"mardi"), "2026-01-06").action == "inchangee"
    assert place.tip() == tip


def test_the_harvest_of_the_branch_follows_when_the_text_changes(place: Place) -> None:
    place.settle(with_harvest(FIRST, b"lundi"))
    place.settle(with_harvest(replace(FIRST, stable="autre chose"), b"mardi"))
    assert place.read("data/moissons/datagouv.csv") == b"mardi"


def test_a_text_that_changes_alone_moves_no_branch(place: Place) -> None:
    place.settle(FIRST)
    tip = place.tip()
    place.settle(replace(FIRST, stable="autre", body="autre"))
    assert place.tip() == tip
    assert place.requests()[0].body.startswith("autre\n")


def test_main_moving_elsewhere_does_not_move_the_branch(place: Place) -> None:
    place.settle(FIRST)
    tip = place.tip()
    place.commits("main", {"lisez-moi.md": b"autre\n"})
    assert place.settle(FIRST).action == "inchangee"
    assert place.tip() == tip


def test_main_moving_in_the_same_file_builds_the_branch_again_on_it(place: Place) -> None:
    place.settle(FIRST)
    main = place.commits("main", {"data/organisations.csv": b"siren,nom\n0,Zero\n1,Un\n"})
    wish = replace(FIRST, changes={"data/organisations.csv": b"siren,nom\n0,Zero\n1,Un\n2,Deux\n"})
    assert place.settle(wish).action == "actualisee"
    assert place.forge.repo.is_ancestor(main, place.tip() or "")
    assert [r.number for r in place.requests()] == [1]


def test_a_request_that_is_needless_is_closed_with_a_word(place: Place) -> None:
    place.settle(FIRST)
    outcome = place.settle(None)
    assert outcome.action == "fermee"
    [request] = place.requests()
    assert request.state == "fermee"
    assert place.tip() is None
    [note] = place.forge.notes(1)
    assert note.body.startswith("Cette demande n'est plus nécessaire")
    before = place.snapshot()
    assert place.settle(None).action == "rien"
    assert place.snapshot() == before


def test_a_request_that_the_bot_closed_refuses_nothing(place: Place) -> None:
    place.settle(FIRST)
    place.settle(None)
    assert place.settle(FIRST).action == "ouverte"
    assert [(r.number, r.state) for r in place.requests()] == [(1, "fermee"), (2, "ouverte")]


def test_two_open_requests_are_reported_and_nothing_is_guessed(place: Place) -> None:
    place.settle(FIRST)
    folder = place.forge.folder / "merge-requests"
    copy = (folder / "1.json").read_text().replace('"number": 1', '"number": 2')
    (folder / "2.json").write_text(copy)
    place.requests()
    before = place.snapshot()
    outcome = place.settle(SECOND)
    assert outcome.action == "arret"
    assert "(1, 2)" in outcome.sentence
    assert place.snapshot() == before


@pytest.mark.parametrize(
    ("ended", "number"),
    [
        ([], None),
        ([("fusionnee", True)], 1),
        ([("fusionnee", False)], None),
        ([("fusionnee", True), ("ouverte", True)], 1),
        ([("fusionnee", True), ("fusionnee", False)], None),
        ([("fusionnee", True), ("fermee", True)], None),
    ],
)
def test_only_a_full_request_that_was_merged_last_goes_on(
    ended: list[tuple[State, bool]], number: int | None
) -> None:
    line = marker.Marker("moisson-datagouv", "cle", marker.digest(())).line()
    requests = [
        MergeRequest(n, "", body, BRANCH, "main", state, (), False, "", "", "", "")
        for n, (state, full) in enumerate(ended, 1)
        for body in [f"{marker.MORE}\n\n{line}" if full else line]
    ]
    found = continued(requests)
    assert (found.number if found else None) == number
