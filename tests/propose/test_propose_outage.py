"""An outage is not a deletion: an open request keeps what a silent portal had said."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from propose_register import ACIGNE, AMANLIS, BRECE, KNOWN, NEW, Desk, account, snapshot

from observatoire import files, heard

PORTAL = "https://data.rennes.example"


class Gave(NamedTuple):
    source: str
    plateforme: str
    error: str


def other(identifiant: str, nb_jeux: int, siren: str) -> dict[str, str]:
    """A line of a second platform that the same source reads."""
    url = f"{PORTAL}/{identifiant}"
    return account(identifiant, identifiant, nb_jeux, siren) | {"plateforme": "rennes", "url": url}


@pytest.fixture
def desk(clone: Desk) -> Desk:
    """A clone whose main holds a harvest, and whose request is open."""
    clone.settled(KNOWN)
    clone.harvest(KNOWN, NEW)
    answered(clone, "data-gouv-fr")
    clone.propose(day="2026-01-05")
    return clone


def answered(desk: Desk, *platforms: str, failed: str = "") -> None:
    """The note that a harvest leaves."""
    outcomes = [Gave("datagouv", p, "") for p in platforms]
    outcomes += [Gave("datagouv", failed, "panne")] if failed else []
    files.write(desk.root, {heard.PATH: heard.write(outcomes)})


def fresh(desk: Desk) -> None:
    """The folder of another job: main as it is, nothing else."""
    desk.repo.run("checkout", "--quiet", "main", "--", "data")
    for left in desk.repo.line("ls-files", "--others", "data").splitlines():
        (desk.root / left).unlink()


def test_a_portal_that_fails_leaves_its_request_as_it_is(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    before = snapshot(desk)
    for day in ("2026-01-06", "2026-01-07", "2026-02-01"):
        fresh(desk)
        answered(desk, failed="data-gouv-fr")
        assert desk.propose(day=day) == 0
    assert snapshot(desk) == before
    assert "la demande 1 dit déjà tout" in capsys.readouterr().out


def test_a_portal_that_answers_as_main_says_closes_its_request(desk: Desk) -> None:
    fresh(desk)
    answered(desk, "data-gouv-fr")
    desk.propose(day="2026-01-06")
    assert desk.forge.get(1).state == "fermee"


def test_a_source_that_was_not_asked_keeps_its_request(desk: Desk) -> None:
    before = snapshot(desk)
    fresh(desk)
    files.write(desk.root, {heard.PATH: heard.write([Gave("ckan", "adico", "")])})
    desk.propose(day="2026-01-06")
    assert snapshot(desk) == before


def test_one_portal_of_a_source_may_fail_while_another_moves(desk: Desk) -> None:
    both = [KNOWN, NEW, other("Acigné", 5, ACIGNE)]
    desk.harvest(*both, day="2026-01-06")
    answered(desk, "data-gouv-fr", "rennes")
    desk.propose(day="2026-01-06")
    assert {r["plateforme"] for r in desk.rows("publications", "bot-moisson-datagouv")} == {
        "data-gouv-fr",
        "rennes",
    }
    fresh(desk)
    desk.harvest(KNOWN, NEW, account("ccc", "Mairie de Brécé", 2, BRECE), day="2026-01-07")
    answered(desk, "data-gouv-fr", failed="rennes")
    desk.propose(day="2026-01-07")
    [request] = desk.forge.all()
    rows = desk.rows("publications", request.branch)
    assert {(r["siren"], r["plateforme"]) for r in rows} == {
        (ACIGNE, "data-gouv-fr"),
        (AMANLIS, "data-gouv-fr"),
        (BRECE, "data-gouv-fr"),
        (ACIGNE, "rennes"),
    }
    journal = {r["plateforme"]: r["derniere_reussite"] for r in journal_of(desk, request.branch)}
    assert journal == {"data-gouv-fr": "2026-01-07", "rennes": "2026-01-06"}


def journal_of(desk: Desk, branch: str) -> list[dict[str, str]]:
    return desk.rows("moissons/journal", branch)


def test_a_harvest_that_is_in_the_folder_counts_whatever_the_note_says(desk: Desk) -> None:
    desk.harvest(KNOWN, account("ccc", "Mairie de Brécé", 2, BRECE), day="2026-01-06")
    answered(desk, failed="data-gouv-fr")
    desk.propose(day="2026-01-06")
    [request] = desk.forge.all()
    assert {r["siren"] for r in desk.rows("organisations", request.branch)} == {ACIGNE, BRECE}


def test_without_a_note_the_folder_is_believed(desk: Desk) -> None:
    fresh(desk)
    (desk.root / heard.PATH).unlink()
    desk.propose(day="2026-01-06")
    assert desk.forge.get(1).state == "fermee"


def test_a_branch_that_a_person_broke_is_frozen_all_the_same(desk: Desk) -> None:
    desk.commits({"data/moissons/datagouv.csv": b"du vent\n"}, "bot-moisson-datagouv")
    fresh(desk)
    answered(desk, failed="data-gouv-fr")
    assert desk.propose(day="2026-01-06") == 0
    assert desk.forge.get(1).state == "ouverte"
