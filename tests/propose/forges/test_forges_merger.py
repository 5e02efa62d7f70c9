"""Merging without a person on GitLab and GitHub: green checks, this very commit, or nothing."""

from __future__ import annotations

import pytest
from forges_stage import BRANCH, DAY, ROBOT, Online, Stage, commit, proposal, settle

from observatoire.demo.faces import Answer, Fault
from observatoire.demo.forge.faults import Trouble
from observatoire.propose.automerge import AutoMerge
from observatoire.propose.bot import Outcome
from observatoire.propose.forges import ForgeError, MergeRequest
from observatoire.propose.forges.merger import Checks, Merger, merger_of
from observatoire.propose.proposal import Proposal

NUMBERS = proposal(volatile=True)


@pytest.fixture
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


online = pytest.mark.parametrize("kind", ["gitlab", "github"], indirect=True)


def run(stage: Stage, wish: Proposal = NUMBERS) -> Outcome:
    """One run of a bot that may merge."""
    fresh = stage.fresh()
    outcome = settle(fresh, wish)
    base = fresh.forge.base(fresh.clone)
    merger = merger_of(fresh.forge, fresh.clone, DAY)
    return AutoMerge(fresh.clone, fresh.forge, merger, base).finish(outcome, wish)


def checked(stage: Online, state: str) -> None:
    """The pipeline of the branch's last commit ends so."""
    stage.fictive.store.checks[stage.bare.resolve(f"refs/heads/{BRANCH}") or ""] = state


@online
@pytest.mark.parametrize(
    ("state", "said"), [("failed", "contrôles rouges"), ("running", "contrôles en cours")]
)
def test_nothing_is_merged_before_the_checks_are_green(
    stage: Online, state: str, said: str
) -> None:
    outcome = run(stage)
    assert outcome.sentence.endswith("Pas de fusion d'office : contrôles absents.")
    checked(stage, state)
    assert run(stage).sentence.endswith(f"Pas de fusion d'office : {said}.")
    assert [r.state for r in stage.seen()] == ["ouverte"]


@online
def test_numbers_are_merged_once_the_checks_are_green(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    outcome = run(stage)
    assert outcome.action == "fusionnee"
    assert outcome.sentence.startswith("demande 1 fusionnée d'office, contrôles verts : ")
    [request] = stage.fictive.store.requests
    assert (request.state, request.ended_by) == ("merged", ROBOT)
    settle(stage.fresh(), None)
    assert stage.bare.resolve(f"refs/heads/{BRANCH}") is None


@online
def test_green_checks_of_an_older_commit_count_for_nothing(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    outcome = run(stage, proposal("Trois", volatile=True))
    assert outcome.sentence.endswith("contrôles absents.")


@online
def test_judgements_and_drafts_wait_for_a_person(stage: Online) -> None:
    for wish in (proposal(), proposal("Trois", volatile=True, draft=True, labels=("anomalie",))):
        run(stage, wish)
        checked(stage, "success")
        said = run(stage, wish).sentence
        assert said.endswith("Pas de fusion d'office : il y a autre chose que des nombres.")
    assert [r.state for r in stage.seen()] == ["ouverte"]


@online
def test_a_branch_that_a_person_edited_is_hers_to_merge(stage: Online) -> None:
    run(stage)
    commit(stage, BRANCH, {"data/organisations.csv": b"siren,nom\n1,Humain\n"})
    checked(stage, "success")
    assert run(stage).action == "gelee"
    assert [r.state for r in stage.seen()] == ["ouverte"]


@online
@pytest.mark.parametrize("words", ["git", "forge"])
def test_a_merge_that_a_person_reverted_is_the_last(stage: Online, words: str) -> None:
    run(stage)
    checked(stage, "success")
    run(stage)
    main = stage.bare.resolve("main") or ""
    mark = stage.forge.mark
    said = {
        "git": f'Revert "Merge"\n\nThis reverts commit {main}.\n',
        "forge": {
            "!": 'Revert "Merge"\n\nThis reverts merge request observatoire/registre!1\n',
            "#": 'Revert "titre"\n\nReverts observatoire/registre#1\n',
        }[mark],
    }[words]
    tree = stage.bare.write_tree(main, {"data/organisations.csv": b"siren,nom\n1,Un\n"})
    undone = stage.bare.commit(tree, [main], said, stage.fresh().forge.whoami(), DAY)
    stage.bare.update_ref("refs/heads/main", undone, main)
    other = proposal("Trois", volatile=True)
    run(stage, other)
    checked(stage, "success")
    assert run(stage, other).sentence.endswith("une personne a défait la précédente.")
    assert [r.state for r in stage.seen()] == ["fusionnee", "ouverte"]


@online
def test_the_same_cells_again_were_undone_by_somebody(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    run(stage)
    commit(stage, "main", {"data/organisations.csv": b"siren,nom\n1,Un\n"})
    run(stage)
    checked(stage, "success")
    assert run(stage).sentence.endswith("une personne a défait la précédente.")


@online
def test_a_commit_that_comes_at_the_last_moment_is_never_merged(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    tip = stage.bare.resolve(f"refs/heads/{BRANCH}") or ""
    fresh = stage.fresh()
    merger = merger_of(fresh.forge, fresh.clone, DAY)
    assert merger is not None
    [request] = fresh.forge.requests(BRANCH)
    commit(stage, BRANCH, {"data/organisations.csv": b"siren,nom\n1,Humain\n"})
    with pytest.raises(ForgeError):
        merger.merge(request)
    assert request.head == tip
    assert [r.state for r in stage.seen()] == ["ouverte"]


def lost(call: object, answer: Answer) -> Answer:
    return Answer(502, b"{}")


@online
def test_a_merge_whose_answer_was_lost_is_known_to_be_done(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    stage.fictive.troubles.append(Trouble(Fault(lost), "PUT"))
    assert run(stage).action == "fusionnee"
    assert [r.state for r in stage.seen()] == ["fusionnee"]


class Hasty:
    """A merger whose checks say yes, then somebody writes on main."""

    def __init__(self, stage: Online, merger: Merger) -> None:
        self.stage, self.merger = stage, merger

    def checks(self, request: MergeRequest) -> Checks:  # noqa: ARG002
        commit(self.stage, "main", {"data/organisations.csv": b"siren,nom\n1,Autre\n"})
        return "verts"

    def merge(self, request: MergeRequest) -> None:
        self.merger.merge(request)


@online
def test_a_merge_that_comes_too_late_says_why_and_waits(stage: Online) -> None:
    fresh = stage.fresh()
    outcome = settle(fresh, NUMBERS)
    merger = merger_of(fresh.forge, fresh.clone, DAY)
    assert merger is not None
    hasty, base = Hasty(stage, merger), fresh.forge.base(fresh.clone)
    done = AutoMerge(fresh.clone, fresh.forge, hasty, base).finish(outcome, NUMBERS)
    assert done.action == "ouverte"
    assert "Pas de fusion d'office : " in done.sentence
    assert [r.state for r in stage.seen()] == ["ouverte"]


@online
def test_a_branch_in_conflict_is_not_merged(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    fresh = stage.fresh()
    merger = merger_of(fresh.forge, fresh.clone, DAY)
    assert merger is not None
    [request] = fresh.forge.requests(BRANCH)
    commit(stage, "main", {"data/organisations.csv": b"siren,nom\n1,Autre\n"})
    with pytest.raises(ForgeError):
        merger.merge(request)


@pytest.mark.parametrize("kind", ["push"], indirect=True)
def test_a_token_that_only_pushes_merges_nothing(stage: Online) -> None:
    outcome = run(stage)
    assert outcome.sentence.endswith("Pas de fusion d'office : ce jeton ne peut pas fusionner.")


@online
def test_a_request_that_is_paused_is_left_alone(stage: Online) -> None:
    run(stage)
    checked(stage, "success")
    stage.label(1, "bot::pause")
    assert run(stage).action == "en-pause"
