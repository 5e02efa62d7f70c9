"""What the forges refuse, break or leave unsaid: the right behaviour for each, on both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import forges_stage as stages
import pytest
from forges_stage import BRANCH, PROJECT, TOKEN, Online, patient, proposal, settle

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Fault
from observatoire.demo.forge.faults import Trouble
from observatoire.git import GitError
from observatoire.propose.forges import Forge, ForgeError, Raced, Wish
from observatoire.propose.forges.gitlab_forge import GitLabForge
from observatoire.propose.forges.online.failures import Doubtful

both = pytest.mark.parametrize("kind", ["gitlab", "github"])
REQUESTS = {"gitlab": "/merge_requests", "github": "/pulls"}
CHANGES = {"gitlab": "PUT", "github": "PATCH"}
WISH = Wish("Un titre", "Un corps")


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def forge(stage: Online, slept: list[float]) -> Forge:
    """A forge whose waits are written down; the branch to propose is there."""
    stages.commit(stage, "main", {"lisez-moi.md": b"!\n"})
    base = stage.bare.resolve("refs/heads/main") or ""
    stage.bare.update_ref(f"refs/heads/{BRANCH}", base, "")
    stages.commit(stage, BRANCH, {"data/organisations.csv": b"siren,nom\n1,Deux\n"})
    return patient(stage.kind, stage.fictive, slept)


def order(stage: Online, fault: Fault, method: str = "", *, early: bool = False) -> None:
    """One thing that goes wrong from now on."""
    stage.fictive.troubles.append(Trouble(fault, method, early))


def heard(stage: Online, method: str) -> list[str]:
    """The paths asked by a method."""
    return [call.path for call, _ in stage.fictive.heard if call.method == method]


@both
def test_a_request_opened_meanwhile_is_no_failure_but_a_race(
    stage: Online, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge.create(BRANCH, WISH)
    client = forge.client  # type: ignore[attr-defined]
    monkeypatch.setattr(client, "requests", lambda *_: [])
    with pytest.raises(Raced):
        forge.create(BRANCH, replace(WISH, title="Autre"))
    assert len(stage.seen()) == 1


@both
def test_a_request_is_made_once_when_the_answer_is_lost_after_the_write(
    stage: Online, forge: Forge
) -> None:
    order(stage, faces.down(REQUESTS[stage.kind], times=1), "POST")
    made = forge.create(BRANCH, WISH)
    assert made.number == 1
    assert len(stage.seen()) == 1


@both
def test_a_request_is_made_once_when_an_error_500_hides_the_write(
    stage: Online, forge: Forge
) -> None:
    order(stage, faces.status(500, REQUESTS[stage.kind], times=1), "POST")
    assert forge.create(BRANCH, WISH).number == 1
    assert len(heard(stage, "POST")) == 1


@both
def test_a_request_is_made_once_when_the_forge_is_silent_after_the_write(
    stage: Online, slept: list[float], forge: Forge
) -> None:
    hasty = patient(stage.kind, stage.fictive, slept, seconds=0.3)
    order(stage, faces.slow(60, REQUESTS[stage.kind], times=1), "POST")
    assert hasty.create(BRANCH, WISH).number == 1
    assert len(stage.seen()) == 1


@both
def test_a_write_is_never_sent_again_after_an_error(stage: Online, forge: Forge) -> None:
    order(stage, faces.status(502, REQUESTS[stage.kind]), "POST", early=True)
    with pytest.raises(Doubtful, match="en panne"):
        forge.create(BRANCH, WISH)
    assert stage.seen() == []
    assert len(heard(stage, "POST")) == 1


@both
def test_the_next_run_finds_done_what_an_unanswered_change_did(stage: Online) -> None:
    settle(stage, proposal())
    order(stage, faces.down(times=1), CHANGES[stage.kind])
    with pytest.raises(ForgeError, match="ne répond pas"):
        settle(stage.fresh(), proposal("Trois"))
    assert settle(stage.fresh(), proposal("Trois")).action == "inchangee"
    assert "**Trois**" in stage.seen()[0].body


@both
def test_a_note_is_written_once_when_the_answer_is_lost(stage: Online) -> None:
    settle(stage, proposal())
    stages.commit(stage, BRANCH, {"data/organisations.csv": b"siren,nom\n1,Humain\n"})
    order(stage, faces.down(times=1), "POST")
    path = {"gitlab": "notes", "github": "comments"}[stage.kind]
    stage.fictive.troubles[0].fault.path = path
    with pytest.raises(ForgeError):
        settle(stage.fresh(), proposal("Trois"))
    settle(stage.fresh(), proposal("Trois"))
    assert len(stage.seen()[0].notes) == 1


@both
def test_reads_are_asked_again_after_an_error(
    stage: Online, forge: Forge, slept: list[float]
) -> None:
    order(stage, faces.status(503, REQUESTS[stage.kind], times=2), "GET")
    assert forge.requests(BRANCH) == []
    assert len(slept) == 2


@both
def test_reads_are_given_up_after_some_errors(stage: Online, forge: Forge) -> None:
    order(stage, faces.status(500, REQUESTS[stage.kind]), "GET")
    with pytest.raises(Doubtful, match=r"en panne \(erreur 500\)"):
        forge.requests(BRANCH)


@both
def test_a_quota_is_waited_for_then_the_write_goes(
    stage: Online, forge: Forge, slept: list[float]
) -> None:
    order(stage, faces.busy("7", REQUESTS[stage.kind], times=1), "POST", early=True)
    assert forge.create(BRANCH, WISH).number == 1
    assert slept == [7.0]


LIMITS = {
    "un délai": (Answer(403, b'{"message": "slow down"}', headers={"Retry-After": "60"}), 60.0),
    "une heure": (
        Answer(
            403,
            b'{"message": "API rate limit"}',
            headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1042"},
        ),
        42.0,
    ),
    "une phrase": (Answer(403, b'{"message": "You exceeded a secondary rate limit."}'), 0.5),
}


@pytest.mark.parametrize("kind", ["github"])
@pytest.mark.parametrize("said", LIMITS)
def test_a_403_for_lack_of_quota_is_waited_for(
    stage: Online, forge: Forge, slept: list[float], said: str
) -> None:
    answer, wait = LIMITS[said]
    order(stage, Fault(lambda *_: answer, "/pulls", 1), "POST", early=True)
    assert forge.create(BRANCH, WISH).number == 1
    assert slept == [wait]


@both
def test_a_quota_that_takes_too_long_is_left_for_later(
    stage: Online, forge: Forge, slept: list[float]
) -> None:
    order(stage, faces.busy("3600", REQUESTS[stage.kind]), "POST", early=True)
    with pytest.raises(ForgeError, match="trop de requêtes"):
        forge.create(BRANCH, WISH)
    assert slept == []
    assert len(heard(stage, "POST")) == 1


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


PAGES: dict[str, Callable[[str], Fault]] = {
    "html": faces.html,
    "tronquée": faces.truncated,
    "vide": lambda path: Fault(lambda *_: Answer(200, b"{}"), path),
    "coupée": faces.cut,
}


@both
@pytest.mark.parametrize("page", PAGES)
def test_an_unreadable_answer_is_a_failure_in_words(stage: Online, forge: Forge, page: str) -> None:
    made = forge.create(BRANCH, WISH)
    order(stage, PAGES[page](f"{REQUESTS[stage.kind]}/{made.number}"), "GET")
    with pytest.raises(ForgeError, match=r"illisible|ne répond pas"):
        forge.update(made.number, replace(WISH, body="Un autre corps"))
    assert stage.seen()[0].body == "Un corps"


@both
def test_a_redirection_is_not_followed(stage: Online, forge: Forge) -> None:
    order(stage, faces.redirect("http://localhost:9/ailleurs"), early=True)
    with pytest.raises(ForgeError, match="ne répond pas"):
        forge.requests(BRANCH)


@both
def test_requests_of_forks_are_not_ours(stage: Online, forge: Forge) -> None:
    store = stage.fictive.store
    store.open_request(stages.STRANGER, f"inconnu:{BRANCH}", "main", "Un piège", "corps")
    assert forge.requests(BRANCH) == []
    assert forge.create(BRANCH, WISH).number == 2
    assert [r.number for r in forge.requests(BRANCH)] == [2]


@both
def test_more_requests_than_a_page_are_all_read_oldest_first(stage: Online, forge: Forge) -> None:
    for _ in range(105):
        made = stage.fictive.store.open_request(stages.ROBOT, BRANCH, "main", "t", "c")
        stage.fictive.store.end(made, "closed", stages.HUMAN)
    assert [r.number for r in forge.requests(BRANCH)] == list(range(1, 106))


@both
def test_the_bot_finds_its_own_notes_among_many(stage: Online, forge: Forge) -> None:
    forge.create(BRANCH, WISH)
    request = stage.fictive.store.requests[0]
    for number in range(105):
        stage.fictive.store.note(request, stages.HUMAN, f"avis {number}")
    mine = stage.fictive.store.note(request, stages.ROBOT, "la mienne")
    assert [(n.id, n.body) for n in forge.notes(1)] == [(mine.id, "la mienne")]


@both
def test_what_a_person_changes_while_the_bot_works_stops_it(stage: Online, forge: Forge) -> None:
    forge.create(BRANCH, WISH)
    forge.requests(BRANCH)
    stage.label(1, "bot::pause")
    with pytest.raises(Raced, match="vient d'être modifiée"):
        forge.update(1, replace(WISH, body="Un autre corps"))
    assert stage.seen()[0].body == "Un corps"


@both
def test_a_request_closed_between_the_reading_and_the_writing_keeps_its_words(
    stage: Online, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge.create(BRANCH, WISH)
    before = stage.seen()[0]
    change = forge.client.change  # type: ignore[attr-defined]

    def late(number: int, content: dict[str, object]) -> object:
        if stage.seen()[0].state == "ouverte":
            stage.close(1)
        return change(number, content)

    monkeypatch.setattr(forge.client, "change", late)  # type: ignore[attr-defined]
    with pytest.raises(Raced):
        forge.update(1, Wish("Un autre titre", "Un autre corps"))
    assert stage.seen()[0] == replace(before, state="fermee")


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
