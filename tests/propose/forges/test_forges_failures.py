"""What is lost, late or unreadable on the way to a forge: written once, read again, told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import forges_stage as stages
import pytest
from forges_stage import BRANCH, Online, patient, proposal, settle
from forges_trouble import REQUESTS, WISH, both, heard, order

from observatoire.demo import faces
from observatoire.demo.faces import Answer, Fault
from observatoire.propose.forges import Forge, ForgeError
from observatoire.propose.forges.online.failures import Doubtful

CHANGES = {"gitlab": "PUT", "github": "PATCH"}


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
