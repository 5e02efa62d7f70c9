"""`observatoire requests`: people list, show, label, merge and close requests, on a real Git."""

from __future__ import annotations

import pytest
from propose_register import (
    AMANLIS,
    KNOWN,
    NEW,
    Desk,
    account,
)


def test_the_list_puts_open_requests_first(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.observatoire("requests", "list") == 0
    assert "Aucune demande" in capsys.readouterr().out
    desk.propose()
    desk.observatoire("requests", "close", "1")
    desk.harvest(account("aaa", "Acigné", 13), NEW)
    desk.propose()
    capsys.readouterr()
    assert desk.observatoire("requests", "list") == 0
    assert capsys.readouterr().out == (
        "   2  ouverte             data.gouv.fr : 1 question\n"
        "   1  fermée sans fusion  data.gouv.fr : 1 entrée\n"
    )


def test_a_request_is_shown_with_its_lines_if_asked(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose()
    capsys.readouterr()
    desk.observatoire("requests", "show", "1")
    short = capsys.readouterr().out
    assert short.startswith("# Demande 1 : data.gouv.fr : 1 entrée\n")
    desk.observatoire("requests", "show", "1", "--diff")
    whole = capsys.readouterr().out
    assert f"+{AMANLIS},Amanlis,COM,35," in whole
    assert f"+{AMANLIS},Amanlis" not in short


def test_a_merge_is_signed_by_the_person_and_says_what_to_do_next(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.repo.run("config", "user.name", "Anne")
    desk.repo.run("config", "user.email", "anne@example.org")
    desk.propose()
    assert desk.observatoire("requests", "merge", "1") == 0
    assert "git stash push -u -- data/moissons && git pull" in capsys.readouterr().out
    [commit] = desk.forge.repo.log("-1", "main")
    assert commit.committer.email == "anne@example.org"
    desk.repo.run("stash", "push", "-u", "--quiet", "--", "data/moissons")
    desk.repo.run("pull", "--quiet", desk.forge.remote, "main")
    assert f"{AMANLIS},Amanlis" in (desk.root / "data" / "organisations.csv").read_text("utf-8")


def test_a_draft_is_merged_only_on_purpose(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.propose()
    path = desk.forge.folder / "merge-requests" / "1.json"
    path.write_text(path.read_text("utf-8").replace('"draft": false', '"draft": true'), "utf-8")
    assert desk.observatoire("requests", "merge", "1") == 1
    assert "est un brouillon" in capsys.readouterr().err
    assert desk.observatoire("requests", "merge", "1", "--brouillon") == 0


def test_a_merge_that_conflicts_says_what_to_do(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose()
    desk.commits({"data/organisations.csv": b"tout autre chose\n"}, "main")
    assert desk.observatoire("requests", "merge", "1") == 1
    said = capsys.readouterr().err
    assert "data/organisations.csv" in said
    assert "relancez « observatoire propose »" in said


def test_a_label_stops_the_bot_until_it_is_taken_off(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose()
    desk.observatoire("requests", "label", "1", "bot::pause")
    desk.harvest(KNOWN)
    desk.propose()
    said = capsys.readouterr().out
    assert "Étiquettes de la demande 1 : bot::pause." in said
    assert "la demande 1 est en pause" in said
    desk.observatoire("requests", "label", "1", "bot::pause", "--retirer")
    assert "Étiquettes de la demande 1 : aucune." in capsys.readouterr().out
    desk.propose()
    assert desk.forge.get(1).state == "fermee"


@pytest.mark.parametrize("action", ["show", "merge", "close"])
def test_a_number_that_does_not_exist_is_named(
    desk: Desk, action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.observatoire("requests", action, "7") == 2
    assert "il n'y a pas de demande numéro 7." in capsys.readouterr().err
