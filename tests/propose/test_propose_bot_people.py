"""What people do to a request, with a real Git: refuse, commit, label, tick; the bot gives way."""

from __future__ import annotations

from dataclasses import replace

from propose_literals import FIRST, PLAN, SECOND, proposal
from propose_place import ANNE, BRANCH, DAY, Place

from observatoire.propose.forges.local import BOT


def test_what_a_person_refused_is_not_proposed_again(place: Place) -> None:
    place.settle(FIRST)
    place.forge.close(1, place.requests()[0].body, DAY)
    outcome = place.settle(FIRST)
    assert outcome.action == "refusee"
    assert place.requests("ouverte") == []
    assert place.tip() is None
    before = place.snapshot()
    for _ in range(3):
        assert place.settle(FIRST, "2026-02-01").action == "refusee"
    assert place.snapshot() == before


def test_something_else_after_a_refusal_opens_a_fresh_request(place: Place) -> None:
    place.settle(FIRST)
    place.forge.close(1, place.requests()[0].body, DAY)
    assert place.settle(SECOND).action == "ouverte"
    assert [(r.number, r.state) for r in place.requests()] == [(1, "fermee"), (2, "ouverte")]


def test_coming_back_to_what_was_refused_closes_the_request_with_a_word(place: Place) -> None:
    place.settle(FIRST)
    place.forge.close(1, place.requests()[0].body, DAY)
    place.settle(SECOND)
    assert place.settle(FIRST).action == "refusee"
    assert [(r.number, r.state) for r in place.requests()] == [(1, "fermee"), (2, "fermee")]
    assert "refusé dans la demande n° 1" in place.forge.notes(2)[0].body
    assert place.settle(SECOND).action == "ouverte"


def test_the_commits_of_a_closed_request_stay_for_ever(place: Place) -> None:
    place.settle(FIRST)
    tip = place.tip()
    place.forge.close(1, place.requests()[0].body, DAY)
    place.settle(None)
    [request] = place.requests()
    assert request.head == tip
    assert place.forge.repo.resolve(request.kept) == tip


def test_a_person_s_commit_freezes_the_branch_with_one_note(place: Place) -> None:
    place.settle(FIRST)
    human = place.commits(BRANCH, {"data/organisations.csv": b"siren,nom\n1,Un\n2,2\n"})
    assert place.settle(FIRST).action == "gelee"
    assert "« [Mairie de X]" in place.forge.notes(1)[0].body
    assert "[ ]" not in place.forge.notes(1)[0].body
    assert "Pour refuser" not in place.forge.notes(1)[0].body
    assert place.settle(SECOND).action == "gelee"
    assert place.tip() == human
    [request] = place.requests()
    assert request.title == FIRST.title
    [note] = place.forge.notes(1)
    assert "Quelqu'un a modifié cette branche" in note.body
    assert SECOND.title in note.body
    before = place.snapshot()
    for _ in range(3):
        outcome = place.settle(SECOND, "2026-03-01")
        assert (outcome.action, outcome.wrote) == ("gelee", False)
    assert place.snapshot() == before


def test_the_note_of_a_frozen_branch_is_rewritten_and_never_repeated(place: Place) -> None:
    place.settle(FIRST)
    place.commits(BRANCH, {"x": b"1"})
    place.settle(SECOND)
    place.settle(FIRST)
    place.settle(None)
    [note] = place.forge.notes(1)
    assert "Je n'ai plus rien à proposer." in note.body
    assert place.requests()[0].state == "ouverte"


def test_a_person_who_only_committed_the_bot_s_work_freezes_the_branch_too(place: Place) -> None:
    place.settle(FIRST)
    bare, tip = place.forge.repo, place.tip() or ""
    tree = bare.write_tree(tip, {"x": b"1"})
    variables = {"GIT_AUTHOR_NAME": BOT.name, "GIT_AUTHOR_EMAIL": BOT.email}
    variables |= {"GIT_COMMITTER_NAME": ANNE.name, "GIT_COMMITTER_EMAIL": ANNE.email}
    sha = bare.line("commit-tree", tree, "-p", tip, "-m", "m", variables=variables)
    bare.update_ref(f"refs/heads/{BRANCH}", sha, tip)
    assert place.settle(SECOND).action == "gelee"
    assert place.tip() == sha


def test_a_label_gives_the_branch_back_and_the_work_is_put_aside(place: Place) -> None:
    place.settle(FIRST)
    human = place.commits(BRANCH, {"x": b"1"})
    place.settle(SECOND)
    place.forge.label(1, "bot::reprendre")
    assert place.settle(SECOND).action == "actualisee"
    kept = f"{BRANCH}-garde-{human[:8]}"
    assert place.forge.repo.resolve(kept) == human
    [request] = place.requests()
    assert request.labels == ()
    assert place.read("x") is None
    assert any(kept in note.body for note in place.forge.notes(1))
    before = place.snapshot()
    assert place.settle(SECOND).action == "inchangee"
    assert place.snapshot() == before


def test_a_branch_given_back_is_no_longer_said_to_be_frozen(place: Place) -> None:
    place.settle(FIRST)
    for turn in (1, 2):
        place.commits(BRANCH, {"x": str(turn).encode()})
        place.settle(SECOND)
        *earlier, frozen = [n.body for n in place.forge.notes(1)]
        assert frozen.startswith("Quelqu'un a modifié cette branche")
        place.forge.label(1, "bot::reprendre")
        place.settle(SECOND)
        said = [n.body for n in place.forge.notes(1)]
        assert said[:-1] == earlier
        assert len(said) == turn
        assert all(n.startswith("Je reprends cette branche.") for n in said)


def test_a_label_stops_the_bot(place: Place) -> None:
    place.settle(FIRST)
    place.forge.label(1, "bot::pause")
    before = place.snapshot()
    for wish in (SECOND, None, FIRST):
        assert place.settle(wish).action == "en-pause"
    assert place.snapshot() == before
    place.forge.unlabel(1, "bot::pause")
    assert place.settle(SECOND).action == "actualisee"


def test_labels_of_people_stay_and_the_bot_s_own_follow(place: Place) -> None:
    place.settle(replace(FIRST, labels=("anomalie",), draft=True))
    assert place.requests()[0].draft
    place.forge.label(1, "à relire")
    place.settle(SECOND)
    [request] = place.requests()
    assert (request.draft, request.labels) == (False, ("à relire",))


def test_ticks_survive_a_new_text(place: Place) -> None:
    place.settle(FIRST)
    page = place.forge.folder / "merge-requests" / "1.md"
    ticked = page.read_text().replace("- [ ] « [Mairie de X]", "- [x] « [Mairie de X]")
    page.write_text(ticked)
    before = place.snapshot()["merge-requests/1.md"]
    assert place.settle(FIRST).action == "inchangee"
    assert place.snapshot()["merge-requests/1.md"] == before
    place.settle(proposal(replace(PLAN, edits=()), organisations=b"siren,nom\n2,Deux\n"))
    assert "- [x] « [Mairie de X]" in place.requests()[0].body


def test_a_merged_request_is_done_and_the_next_one_is_new(place: Place) -> None:
    place.settle(FIRST)
    place.forge.merge(1, ANNE, DAY)
    assert place.read("data/organisations.csv", "main") == b"siren,nom\n1,Un\n2,Deux\n"
    assert place.settle(None).action == "rien"
    assert place.settle(SECOND).action == "ouverte"
    assert [(r.number, r.state) for r in place.requests()] == [(1, "fusionnee"), (2, "ouverte")]


def test_a_branch_merged_outside_the_forge_is_seen_as_merged(place: Place) -> None:
    place.settle(FIRST)
    bare = place.forge.repo
    bare.update_ref("refs/heads/main", place.tip() or "", bare.resolve("main") or "")
    assert place.settle(None).action == "rien"
    assert [r.state for r in place.requests()] == ["fusionnee"]


def test_a_request_that_a_person_aimed_elsewhere_is_left_alone(place: Place) -> None:
    place.settle(FIRST)
    path = place.forge.folder / "merge-requests" / "1.json"
    path.write_text(path.read_text().replace('"target": "main"', '"target": "essai"'))
    place.requests()
    before = place.snapshot()
    assert place.settle(SECOND).action == "arret"
    assert place.snapshot() == before


def test_a_person_s_branch_without_request_is_never_overwritten(place: Place) -> None:
    place.settle(FIRST)
    place.settle(None)
    bare = place.forge.repo
    main = bare.resolve("main") or ""
    bare.update_ref(f"refs/heads/{BRANCH}", main, "")
    human = place.commits(BRANCH, {"x": b"1"})
    assert place.settle(None).action == "gelee"
    assert place.tip() == human
    assert place.settle(SECOND).action == "gelee"
    assert place.tip() == human
    [request] = place.requests("ouverte")
    assert SECOND.title in place.forge.notes(request.number)[0].body
