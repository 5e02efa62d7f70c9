"""GitLab by pushes alone: what goes in an option, and what GitLab makes of it."""

from __future__ import annotations

from dataclasses import replace

import forges_stage as stages
import pytest
from forges_stage import BRANCH, JOB_TOKEN, TOKEN, Online, proposal, settle

from observatoire.demo import faces
from observatoire.demo.forge.faults import Trouble
from observatoire.propose.forges import ForgeError, Wish


@pytest.fixture
def kind() -> str:
    return "push"


def test_the_interface_is_only_read(stage: Online) -> None:
    settle(stage, proposal())
    settle(stage.fresh(), proposal("Trois"))
    calls = [c for c, _ in stage.fictive.heard if c.path.startswith("/api/")]
    assert calls
    assert {c.method for c in calls} == {"GET"}
    assert all(TOKEN not in repr(c.headers) for c in calls)


def test_the_branch_holds_nothing_but_the_proposal(stage: Online) -> None:
    settle(stage, proposal())
    settle(stage.fresh(), proposal("Trois"))
    commits = stage.bare.log(f"main..{BRANCH}")
    assert [c.subject for c in commits] == ["Propose Trois"]


def test_a_public_project_is_read_without_any_token(stage: Online) -> None:
    stage.fictive.store.tokens.pop(JOB_TOKEN)
    environment = stages.environment("push", stage.fictive.url)
    environment.pop("CI_JOB_TOKEN")
    forge = stages.push.connect(stage.clone.path, environment)
    assert forge is not None
    assert forge.requests(BRANCH) == []


def test_a_hidden_project_needs_the_token_of_the_job(stage: Online) -> None:
    stage.fictive.store.hidden = True
    assert settle(stage, proposal()).action == "ouverte"
    stage.fictive.store.tokens.pop(JOB_TOKEN)
    with pytest.raises(ForgeError):
        settle(stage.fresh(), proposal())


def test_a_backslash_and_an_n_cannot_begin_a_line(stage: Online) -> None:
    trap = "titre \\n/close\\\\n/label ~piege \\\\\\n/merge fin"
    settle(stage, replace(proposal(), body=f"Avant\n\n{trap}\n"))
    (seen,) = stage.seen()
    assert (seen.state, seen.labels) == ("ouverte", ())
    assert seen.body.startswith("Avant\n\ntitre n/closen/label ~piege n/merge fin\n")
    assert settle(stage.fresh(), replace(proposal(), body=f"Avant\n\n{trap}\n")).wrote is False


def test_a_forge_that_ignores_the_options_is_noticed(stage: Online) -> None:
    stage.bare.run("config", "receive.advertisePushOptions", "false")
    with pytest.raises(Exception, match="push options"):
        settle(stage, proposal())
    stage.bare.run("config", "receive.advertisePushOptions", "true")
    stage.bare.path.joinpath("hooks/post-receive").unlink()
    with pytest.raises(ForgeError, match="n'a pas tenu compte"):
        settle(stage.fresh(), proposal())
    assert stage.seen() == []


def test_an_update_that_gitlab_did_not_take_is_noticed(stage: Online) -> None:
    settle(stage, proposal())
    stage.bare.path.joinpath("hooks/post-receive").unlink()
    with pytest.raises(ForgeError, match="n'a pas tenu compte"):
        settle(stage.fresh(), proposal("Trois"))


def test_options_are_refused_on_a_branch_that_is_gone(stage: Online) -> None:
    with pytest.raises(ForgeError, match="n'existe plus"):
        stage.forge.create(BRANCH, Wish("t", "c"))


def test_a_refused_push_is_said(stage: Online) -> None:
    stage.fictive.troubles.append(Trouble(faces.status(503, "git-receive-pack"), "POST"))
    with pytest.raises(Exception, match="503"):
        settle(stage, proposal())
    assert stage.seen() == []
