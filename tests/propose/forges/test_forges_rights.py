"""What a forge allows to the bot, by its token, its name, its sizes: each refusal said in words."""

from __future__ import annotations

from dataclasses import replace

import forges_stage as stages
import pytest
from forges_stage import BRANCH, PROJECT, TOKEN, Online, proposal, settle
from forges_trouble import WISH, both, heard

from observatoire.demo import faces
from observatoire.demo.forge.faults import Trouble
from observatoire.git import GitError
from observatoire.propose.forges import Forge, ForgeError, Wish
from observatoire.propose.forges.gitlab_forge import GitLabForge


@both
def test_a_hidden_project_is_said_to_be_missing_or_hidden(stage: Online) -> None:
    stage.fictive.store.hidden = True
    stage.fictive.store.tokens[TOKEN] = replace(
        stage.fictive.store.tokens[TOKEN], account=stages.STRANGER
    )
    with pytest.raises(ForgeError, match=f"{PROJECT}.*caché au jeton"):
        settle(stage, proposal())
    assert heard(stage, "POST") == []


@both
def test_a_refused_token_is_named_by_its_variable(stage: Online) -> None:
    stage.fictive.store.tokens.clear()
    variable = {"gitlab": "OBSERVATOIRE_JETON", "github": "GITHUB_TOKEN"}[stage.kind]
    with pytest.raises(ForgeError, match=f"remplacez {variable}"):
        settle(stage, proposal())


@both
def test_a_token_without_the_right_is_told_what_it_may_not_do(stage: Online, forge: Forge) -> None:
    known = stage.fictive.store.tokens[TOKEN]
    stage.fictive.store.tokens[TOKEN] = replace(known, scopes=frozenset({"read_api"}))
    with pytest.raises(ForgeError, match="le droit de ouvrir une demande de fusion"):
        forge.create(BRANCH, WISH)


@both
def test_a_token_that_may_not_push_is_a_breakdown_in_words(stage: Online) -> None:
    known = stage.fictive.store.tokens[TOKEN]
    stage.fictive.store.tokens[TOKEN] = replace(known, scopes=frozenset({"api"}), job=False)
    stage.fictive.troubles.append(Trouble(faces.status(403, "git-receive-pack"), "POST"))
    with pytest.raises(GitError, match="403"):
        settle(stage, proposal())
    assert stage.seen() == []


@pytest.mark.parametrize("kind", ["github"])
def test_a_repository_without_drafts_gets_a_title_that_says_it(stage: Online, forge: Forge) -> None:
    stage.fictive.store.drafts = False
    made = forge.create(BRANCH, replace(WISH, draft=True))
    assert made.draft
    assert stage.seen()[0].title == "Draft: Un titre"
    forge.update(1, Wish("Un titre", "Un corps", draft=True))
    assert stage.seen()[0].title == "Draft: Un titre"
    forge.update(1, WISH)
    assert stage.seen()[0].title == "Un titre"


@pytest.mark.parametrize("kind", ["github"])
def test_a_pipeline_s_own_token_is_somebody_too(stage: Online) -> None:
    robot = replace(stages.ROBOT, username="github-actions[bot]")
    stage.fictive.admit(robot, TOKEN, ("repo", "write_repository"), job=True)
    forge = stages.connect("github", stage.fictive, stage.clone.path)
    assert forge.whoami().name == "github-actions[bot]"
    stage.fictive.store.tokens[TOKEN] = replace(stage.fictive.store.tokens[TOKEN], job=False)
    settle(stage.fresh(), proposal())
    stage.fictive.store.note(stage.fictive.store.requests[0], stages.HUMAN, "un avis")
    stage.fictive.store.tokens[TOKEN] = replace(stage.fictive.store.tokens[TOKEN], job=True)
    forge.write_note(1, "la sienne", None)
    assert [n.body for n in forge.notes(1)] == ["la sienne"]


@pytest.mark.parametrize("kind", ["gitlab"])
def test_an_account_without_e_mail_must_be_named(stage: Online) -> None:
    nameless = replace(stages.ROBOT, email="")
    stage.fictive.admit(nameless, TOKEN)
    with pytest.raises(ForgeError, match="OBSERVATOIRE_ROBOT"):
        stage.fresh().forge.whoami()


@both
def test_a_forge_without_the_target_branch_says_so(stage: Online) -> None:
    main = stage.bare.resolve("refs/heads/main") or ""
    stage.bare.update_ref("refs/heads/main", "", main)
    with pytest.raises(ForgeError, match="n'a pas de branche « main »"):
        stage.forge.base(stage.clone)


@both
def test_a_long_text_is_refused_by_the_forge_in_words(stage: Online, forge: Forge) -> None:
    longest = 1_048_577 if isinstance(forge, GitLabForge) else 65_537
    with pytest.raises(ForgeError, match="too long"):
        forge.create(BRANCH, replace(WISH, body="x" * longest))
