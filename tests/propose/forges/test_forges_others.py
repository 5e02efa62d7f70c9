"""Forks, crowds and people at work: the bot finds its own and overwrites nobody."""

from __future__ import annotations

from dataclasses import replace

import forges_stage as stages
import pytest
from forges_stage import BRANCH, Online
from forges_trouble import WISH, both

from observatoire.propose.forges import Forge, Raced, Wish


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
