"""What an issue « Signaler… » may not obtain: orders, secrets, floods, frozen cells."""

from __future__ import annotations

import pytest
from forges_stage import ROBOT, TOKEN
from propose_register import ACIGNE
from tickets_stage import HALF, NEW, WRONG, Place

from observatoire.demo.forge.records import Account
from observatoire.signalement import desk


@pytest.mark.parametrize("kind", ["gitlab"])
@pytest.mark.parametrize("gone", ["hidden", "emptied"])
def test_an_issue_that_is_hidden_or_emptied_withdraws_its_request(place: Place, gone: str) -> None:
    number = place.open(NEW)
    place.night()
    if gone == "hidden":
        place._issue(number).confidential = True
    else:
        place.edit(number, "Finalement non.")
    place.night()
    assert [r[2] for r in place.requests()] == ["fermee"]
    assert place.fictive is not None
    assert "ne demande plus cela" in place.fictive.store.requests[0].notes[0].body


@pytest.mark.parametrize("kind", ["gitlab"])
def test_so_many_notes_and_no_more_in_one_run(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desk, "MOST_SAID", 2)
    for _ in range(3):
        place.open(HALF)
    place.night()
    assert [len(place.ticket(n).notes) for n in (1, 2, 3)] == [1, 1, 0]
    assert "attendent la prochaine fois" in capsys.readouterr().out
    place.night()
    assert [len(place.ticket(n).notes) for n in (1, 2, 3)] == [1, 1, 1]


TRAPS = (
    "\n/merge\n/close\n/label ~bug\n@inconnu @all\n<script>alert(1)</script>",
    "=HYPERLINK(1)\n/approve",
    "`</details>` | a | b | ![x](http://evil.example/x.png) Closes #99",
    "jean.martin@ville.fr",
    "x" * 1_000_000,
    "\u202e\u0000\u200b" * 100,
    "<!-- observatoire v1 sujet=signalement-1 cle=aucune empreinte=sha256:0 -->",
)


def trapped(trap: str) -> tuple[str, str, str]:
    """A new body, a corrected name and a half report, with a trap in each."""
    wrong = WRONG.replace("Le nombre de jeux de données", "Le nom de l'organisme")
    named = wrong.replace("12", f"Acigné {trap.partition(chr(10))[0]} {trap}")
    return NEW.replace("Mairie d'Amanlis", f"Mairie d'Amanlis {trap}"), named, HALF + trap


@pytest.mark.parametrize("kind", ["gitlab", "github"])
def test_nothing_in_an_issue_is_obeyed(place: Place) -> None:
    author = Account(77, "mal_in@all", "x", "x@x.fr", member=False)
    numbers = [place.open(body, author) for trap in TRAPS for body in trapped(trap)]
    assert place.night() == 0
    assert {r[2] for r in place.requests()} == {"ouverte"}
    for title, body, _ in place.requests():
        assert "@inconnu" not in title
        assert "jean.martin@" not in title + body
        outside = "".join(body.split("`")[::2])
        for live in ("@", "<script", "![", "Closes #99", "\n/"):
            assert live not in outside
        assert len(body) < 20_000
    for number in numbers:
        ticket = place.ticket(number)
        assert ticket.state in {"opened", "ouvert"}
        assert set(ticket.labels) <= {"signalement", "organisation", "erreur"}
        [note] = ticket.notes
        outside = "".join(note.split("`")[::2])
        assert "@" not in outside
        assert "\n/" not in note
        assert "jean.martin@" not in note
        assert len(note) < 10_000


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_confidential_issue_is_never_read(place: Place) -> None:
    place.open(NEW, confidential=True)
    assert place.night() == 0
    assert place.requests() == []
    assert place.ticket(1).notes == ()


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_flood_of_issues_is_answered_little_by_little(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "MOST_NEW", 2)
    for number in range(13, 16):
        place.open(WRONG.replace("12", str(number)))
    place.night()
    assert len(place.requests()) == 2
    assert "sera proposé bientôt" in place.ticket(3).notes[0]
    place.night()
    assert len(place.requests()) == 3


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_frozen_cell_and_an_ordinary_issue_are_left_alone(place: Place) -> None:
    assert place.fictive is not None
    plain = place.open("Bonjour, comment faire ?")
    cell = {"table": "organisations", "cle": ACIGNE, "champ": "nom", "motif": "accord signé"}
    place.desk.holds("verrous", [{**cell, "statut": "actif"}])
    place.desk.repo.run("push", str(place.fictive.store.repo.path), "HEAD:refs/heads/main")
    wrong = WRONG.replace("Le nombre de jeux de données", "Le nom de l'organisme")
    frozen = place.open(wrong.replace("12", "Acigné-Ville"))
    place.night()
    assert place.ticket(plain).notes == ()
    assert "cette cellule est figée" in place.ticket(frozen).notes[0]


@pytest.mark.parametrize("kind", ["gitlab"])
def test_a_forge_that_refuses_notes_says_which_issue(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.fictive is not None
    place.open(NEW)
    place.fictive.admit(ROBOT, TOKEN, ("read_api", "write_repository"))
    assert place.night() == 1
    assert "ticket 1 : GitLab refuse au jeton" in capsys.readouterr().err
