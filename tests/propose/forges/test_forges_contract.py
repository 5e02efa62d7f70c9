"""The same promises on every forge: local, GitLab, GitHub, GitLab by pushes alone."""

from __future__ import annotations

import dataclasses

import forges_stage as stages
import pytest
from forges_stage import BRANCH, KINDS, Stage, proposal, settle

from observatoire.git import Person, Tree
from observatoire.propose.forges import Note, Raced, Wish

every = pytest.mark.parametrize("kind", KINDS)
noting = pytest.mark.parametrize("kind", [k for k in KINDS if k != "push"])
HUMAN = {"data/organisations.csv": b"siren,nom\n1,Humain\n"}


@every
def test_the_first_proposal_opens_a_request_with_its_text(stage: Stage) -> None:
    outcome = settle(stage, proposal())
    (seen,) = stage.seen()
    assert outcome.action == "ouverte"
    assert (seen.title, seen.state) == ("data.gouv.fr : 1 lien corrigé (Deux)", "ouverte")
    assert "La source dit **Deux**" in seen.body
    assert "cle=sha256:deux" in seen.body
    assert Tree(stage.bare, BRANCH).read("data/organisations.csv") == b"siren,nom\n1,Deux\n"


@every
def test_the_bot_signs_its_commits_and_knows_them(stage: Stage) -> None:
    settle(stage, proposal())
    (made, *_) = stage.bare.log("-1", BRANCH)
    assert made.author == made.committer == stage.forge.whoami()
    assert made.subject == "Propose Deux"


@every
def test_the_same_input_twice_does_nothing(stage: Stage) -> None:
    settle(stage, proposal())
    before, where = stage.seen(), stages.tip(stage)
    outcome = settle(stage.fresh(), proposal(), "2026-02-01")
    assert (outcome.action, outcome.wrote) == ("inchangee", False)
    assert (stage.seen(), stages.tip(stage)) == (before, where)


@every
def test_nothing_to_propose_does_nothing(stage: Stage) -> None:
    assert settle(stage, None).action == "rien"
    assert stage.seen() == []


@every
def test_a_change_rewrites_the_same_request(stage: Stage) -> None:
    settle(stage, proposal())
    outcome = settle(stage.fresh(), proposal("Trois"))
    (seen,) = stage.seen()
    assert outcome.action == "actualisee"
    assert (seen.number, seen.state) == (1, "ouverte")
    assert "Trois" in seen.title
    assert "**Trois**" in seen.body
    assert Tree(stage.bare, BRANCH).read("data/organisations.csv") == b"siren,nom\n1,Trois\n"


@every
def test_a_needless_request_is_closed_and_refuses_nothing(stage: Stage) -> None:
    settle(stage, proposal())
    assert settle(stage.fresh(), None).action == "fermee"
    assert [r.state for r in stage.seen()] == ["fermee"]
    assert stages.tip(stage) is None
    assert settle(stage.fresh(), proposal()).action == "ouverte"


@noting
def test_a_needless_request_is_closed_with_one_word(stage: Stage) -> None:
    settle(stage, proposal())
    settle(stage.fresh(), None)
    (seen,) = stage.seen()
    assert len(seen.notes) == 1
    assert "n'est plus nécessaire" in seen.notes[0]


@every
def test_what_a_person_closed_is_refused_until_the_source_says_something_else(
    stage: Stage,
) -> None:
    settle(stage, proposal())
    stage.close(1)
    for _ in range(3):
        assert settle(stage.fresh(), proposal()).action == "refusee"
    assert [r.state for r in stage.seen()] == ["fermee"]
    assert settle(stage.fresh(), proposal("Trois")).action == "ouverte"
    assert [r.state for r in stage.seen()] == ["fermee", "ouverte"]


@every
def test_a_person_s_commit_freezes_the_branch(stage: Stage) -> None:
    settle(stage, proposal())
    theirs = stages.commit(stage, BRANCH, HUMAN)
    for value in ("Deux", "Trois", "Trois"):
        assert settle(stage.fresh(), proposal(value)).action == "gelee"
    assert stages.tip(stage) == theirs
    assert "**Deux**" in stage.seen()[0].body


@noting
def test_a_frozen_branch_has_one_note_rewritten_in_place(stage: Stage) -> None:
    settle(stage, proposal())
    stages.commit(stage, BRANCH, HUMAN)
    settle(stage.fresh(), proposal("Trois"))
    settle(stage.fresh(), proposal("Quatre"))
    (note,) = stage.seen()[0].notes
    assert "Quatre" in note
    assert "Trois" not in note


@every
def test_a_label_gives_the_branch_back_and_the_person_s_work_is_put_aside(stage: Stage) -> None:
    settle(stage, proposal())
    theirs = stages.commit(stage, BRANCH, HUMAN)
    stage.label(1, "bot::reprendre")
    assert settle(stage.fresh(), proposal("Trois")).action == "actualisee"
    assert stages.tip(stage, f"{BRANCH}-garde-{theirs[:8]}") == theirs
    assert Tree(stage.bare, BRANCH).read("data/organisations.csv") == b"siren,nom\n1,Trois\n"
    assert stage.seen()[0].labels == ()


@every
def test_a_label_stops_the_bot(stage: Stage) -> None:
    settle(stage, proposal())
    stage.label(1, "bot::pause")
    assert settle(stage.fresh(), proposal("Trois")).action == "en-pause"
    assert "**Deux**" in stage.seen()[0].body


@every
def test_an_anomaly_is_a_labelled_draft_until_it_is_over(stage: Stage) -> None:
    settle(stage, proposal(labels=("anomalie",), draft=True))
    (seen,) = stage.seen()
    assert (seen.draft, seen.labels) == (True, ("anomalie",))
    assert seen.title == "data.gouv.fr : 1 lien corrigé (Deux)"
    stage.label(1, "à lire")
    assert settle(stage.fresh(), proposal(labels=("anomalie",), draft=True)).wrote is False
    settle(stage.fresh(), proposal("Trois"))
    (seen,) = stage.seen()
    assert (seen.draft, seen.labels) == (False, ("à lire",))
    settle(stage.fresh(), proposal("Quatre", labels=("anomalie",), draft=True))
    (seen,) = stage.seen()
    assert (seen.draft, seen.labels) == (True, ("anomalie", "à lire"))


@every
def test_a_merged_request_is_over_and_the_next_one_is_new(stage: Stage) -> None:
    settle(stage, proposal())
    stage.merge(1)
    assert settle(stage.fresh(), None).action == "rien"
    assert settle(stage.fresh(), proposal("Trois")).action == "ouverte"
    assert [r.state for r in stage.seen()] == ["fusionnee", "ouverte"]


@every
def test_a_person_s_branch_without_request_is_proposed_and_left_as_it_is(stage: Stage) -> None:
    stages.commit(stage, "main", {"lisez-moi.md": b"!\n"})
    stage.bare.update_ref(f"refs/heads/{BRANCH}", stages.tip(stage, "main") or "", "")
    theirs = stages.commit(stage, BRANCH, HUMAN)
    assert settle(stage, proposal()).action == "gelee"
    assert stages.tip(stage) == theirs


@every
def test_main_that_moved_on_the_forge_is_the_base(stage: Stage) -> None:
    newer = stages.commit(stage, "main", {"lisez-moi.md": b"nouveau\n"})
    assert stage.forge.base(stage.clone) == newer
    settle(stage, proposal())
    assert stage.bare.is_ancestor(newer, BRANCH)


@every
def test_a_body_at_the_limit_is_taken_whole(stage: Stage) -> None:
    settle(stage, proposal())
    stage.forge.requests(BRANCH)
    body = "é\n" * (stage.forge.limit // 3)
    stage.forge.update(1, Wish("Un titre", body))
    assert stage.seen()[0].body.strip() == body.strip()


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "local"])
def test_a_title_is_one_line_of_a_length_that_the_forge_takes(stage: Stage) -> None:
    settle(stage, dataclasses.replace(proposal(), title="Un titre\nde deux lignes"))
    assert stage.seen()[0].title == "Un titre de deux lignes"
    stage.forge.requests(BRANCH)
    stage.forge.update(1, Wish("x" * 400, "corps", draft=True))
    (seen,) = stage.seen()
    assert (seen.title[-2:], seen.draft) == ("x…", True)


@every
def test_a_branch_has_one_open_request_whoever_asks(stage: Stage) -> None:
    settle(stage, proposal())
    with pytest.raises(Raced):
        stage.fresh().forge.create(BRANCH, Wish("Une autre", "corps"))
    assert len(stage.seen()) == 1


@every
def test_a_request_that_ended_meanwhile_is_not_rewritten(stage: Stage) -> None:
    settle(stage, proposal())
    stage.close(1)
    before = stage.seen()
    with pytest.raises(Raced):
        stage.forge.update(1, Wish("Un titre", "corps"))
    with pytest.raises(Raced):
        stage.forge.close(1, "corps", stages.DAY)
    assert stage.seen() == before


@noting
def test_notes_are_the_bot_s_own_oldest_first_and_rewritten_by_their_number(
    stage: Stage,
) -> None:
    settle(stage, proposal())
    for said in ("une", "deux"):
        stage.forge.write_note(1, said, None)
    first, second = stage.forge.notes(1)
    assert (first.body, second.body) == ("une", "deux")
    stage.forge.write_note(1, "trois", Note(second.id, second.body))
    assert stage.seen()[0].notes == ("une", "trois")


@every
def test_taking_off_a_label_that_is_not_there_is_no_failure(stage: Stage) -> None:
    settle(stage, proposal())
    stage.forge.unlabel(1, "bot::reprendre")
    assert stage.seen()[0].labels == ()


@every
def test_a_request_says_where_its_commits_stay_and_when_it_ended(stage: Stage) -> None:
    settle(stage, proposal())
    (known,) = stage.forge.requests(BRANCH)
    assert (known.branch, known.target, known.closed) == (BRANCH, "main", "")
    stage.close(1)
    (known,) = stage.fresh().forge.requests(BRANCH)
    assert known.closed.startswith("2026-01-")
    assert stage.bare.resolve(known.kept) == known.head == stages.tip(stage)


@every
def test_whoami_is_a_person(stage: Stage) -> None:
    assert isinstance(stage.forge.whoami(), Person)
    assert "@" in stage.forge.whoami().email
