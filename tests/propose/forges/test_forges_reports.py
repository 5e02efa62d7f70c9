"""A report « Signaler… » on each forge: one request and one note, followed until it is merged."""

from __future__ import annotations

from pathlib import Path

import pytest
from forges_stage import HUMAN
from propose_register import AMANLIS
from tickets_stage import HALF, NEW, WRONG, Place

KINDS = ("local", "gitlab", "github")
MARK = "<!-- observatoire v1 sujet=signalement-1 note=signalement -->"

every = pytest.mark.parametrize("kind", KINDS)


@every
def test_a_complete_report_becomes_one_request_that_credits_its_author(place: Place) -> None:
    number = place.open(NEW)
    assert place.night() == 0
    [(title, body, state)] = place.requests()
    assert (title, state) == ("Ajout : Amanlis", "ouverte")
    assert f"Signalé par l'utilisateur « inconnu » dans #{number}." in body
    assert f"\nCloses #{number}\n" in body
    assert "@" not in body
    branch = f"bot-signalement-{number}"
    lines = (place.tables(branch).read("data/organisations.csv") or b"").decode()
    assert f"{AMANLIS},Amanlis,COM,35," in lines
    accounts = (place.tables(branch).read("data/publications.csv") or b"").decode()
    assert f"{AMANLIS},data-gouv-fr,mairie-damanlis,https://" in accounts
    ticket = place.ticket(number)
    assert set(ticket.labels) == {"organisation", "signalement"}
    [note] = ticket.notes
    assert "Il est devenu la proposition" in note


@every
def test_the_same_night_twice_writes_nothing_more(place: Place) -> None:
    place.open(NEW)
    place.open(HALF)
    place.night()
    before = place.snapshot()
    assert place.night() == 0
    assert place.snapshot() == before


@pytest.mark.parametrize("kind", ["gitlab", "github"])
def test_what_is_missing_is_said_once_then_the_answer_is_proposed(place: Place) -> None:
    number = place.open(HALF)
    place.night()
    place.night()
    assert place.requests() == []
    [note] = place.ticket(number).notes
    assert "**SIREN** : aucun organisme connu ne s'appelle `Nulle-Part-sur-Rien`" in note
    assert note.rstrip().endswith(MARK)
    place.edit(number, NEW)
    place.night()
    [note] = place.ticket(number).notes
    assert "Il est devenu la proposition" in note
    assert [r[2] for r in place.requests()] == ["ouverte"]


@pytest.mark.parametrize("kind", ["local", "github"])
def test_an_edited_issue_updates_its_request(place: Place) -> None:
    number = place.open(WRONG)
    place.night()
    place.edit(number, WRONG.replace("12", "13"))
    place.night()
    [(title, _, state)] = place.requests()
    assert (title, state) == (
        "Acigné sur data.gouv.fr : nombre de jeux de données 9 → 13",
        "ouverte",
    )
    assert len(place.ticket(number).notes) == 1


@every
def test_a_closed_issue_withdraws_its_request(place: Place) -> None:
    number = place.open(NEW)
    place.night()
    place.close(number)
    place.night()
    assert [r[2] for r in place.requests()] == ["fermee"]
    before = place.snapshot()
    place.night()
    assert place.snapshot() == before


@pytest.mark.parametrize("kind", ["gitlab"])
def test_what_the_team_refused_is_not_proposed_again(place: Place) -> None:
    number = place.open(NEW)
    place.night()
    place.refuse()
    place.night()
    place.night()
    assert [r[2] for r in place.requests()] == ["fermee"]
    [note] = place.ticket(number).notes
    assert "ne l'a pas retenue" in note


@every
def test_once_merged_the_register_says_it(place: Place) -> None:
    number = place.open(NEW)
    place.night()
    place.merge()
    place.night()
    assert [r[2] for r in place.requests()] == ["fusionnee"]
    if place.kind == "local":
        [note] = place.ticket(number).notes
        assert "est déjà au registre" in note
    else:
        assert place.ticket(number).state == "closed"


@pytest.mark.parametrize("kind", ["local"])
def test_two_issues_that_ask_for_the_same_make_one_request(place: Place) -> None:
    first, second = place.open(NEW), place.open(NEW, HUMAN)
    place.night()
    assert len(place.requests()) == 1
    assert f"Le ticket #{first} demande la même chose" in place.ticket(second).notes[0]


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_dry_run_shows_all_and_writes_nothing(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    place.open(NEW)
    place.open(HALF)
    before = place.snapshot()
    assert place.night("--a-blanc") == 0
    said = capsys.readouterr().out
    assert "Branche : bot-signalement-1" in said
    assert f"+{AMANLIS},Amanlis" in said
    assert "Il me manque ceci" in said
    assert place.snapshot() == before


@pytest.mark.parametrize("kind", ["local"])
def test_a_text_can_be_tried_then_deposited(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "Signaler une organisation.md"
    page.write_text(NEW, "utf-8")
    assert place.night("--essai", str(page)) == 0
    assert "Titre : Ajout : Amanlis" in capsys.readouterr().out
    assert place.night("--deposer", str(page), "--auteur", "jeanne") == 0
    assert place.night("--ticket", "1") == 0
    assert "« jeanne » dans #1" in place.requests()[0][1]
    page.write_text("Bonjour", "utf-8")
    assert place.night("--essai", str(page)) == 1
