"""`observatoire propose --fusion-automatique` on the local forge, where the checks really run."""

from __future__ import annotations

import pytest
from propose_register import AMANLIS, KNOWN, Desk, account

from observatoire.propose.forges import Raced
from observatoire.propose.forges.merger import merger_of

SWITCH = "--fusion-automatique"


@pytest.fixture
def desk(clone: Desk) -> Desk:
    """A clone whose main holds a harvest, long ago."""
    clone.settled(KNOWN)
    return clone


def states(desk: Desk) -> list[str]:
    return [r.state for r in desk.forge.all()]


def test_without_the_switch_nothing_is_merged(desk: Desk) -> None:
    desk.harvest(account("aaa", "Acigné", 12), day="2026-02-01")
    desk.propose(day="2026-02-01")
    desk.propose(day="2026-02-02")
    assert states(desk) == ["ouverte"]


def test_numbers_that_validate_are_merged_at_once(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné", 12), day="2026-02-01")
    assert desk.propose(SWITCH, day="2026-02-01") == 0
    assert "datagouv : demande 1 fusionnée d'office, contrôles verts : data.gouv.fr : 1" in (
        capsys.readouterr().out
    )
    assert states(desk) == ["fusionnee"]
    assert [r["nb_jeux"] for r in desk.rows("publications", "main")] == ["12"]
    assert desk.forge.repo.resolve("bot-moisson-datagouv") is None


@pytest.mark.parametrize(
    "rows",
    [
        (account("aaa", "Acigné", 12), account("bbb", "Mairie d'Amanlis", 4, AMANLIS)),
        ({**KNOWN, "nb_jeux": "12", "url": "https://nouveau.example/aaa/"},),
        ({**KNOWN, "nb_jeux": "0", "statut": "vide"},),
        (account("aaa", "Acigné", 12), account("ccc", "Brécé", 3)),
    ],
    ids=["une entrée", "un lien", "un statut", "une question"],
)
def test_anything_but_numbers_waits_for_a_person(
    desk: Desk, rows: tuple[dict[str, str], ...], capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(*rows, day="2026-02-01")
    desk.propose(SWITCH, day="2026-02-01")
    assert states(desk) == ["ouverte"]
    assert "Pas de fusion d'office : il y a autre chose que des nombres." in capsys.readouterr().out


def test_a_value_that_the_checks_refuse_waits_for_a_person(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest({**KNOWN, "derniere_mise_a_jour": "2026-13-45"}, day="2026-02-01")
    desk.propose(SWITCH, day="2026-02-01")
    assert "Pas de fusion d'office : contrôles rouges." in capsys.readouterr().out
    assert states(desk) == ["ouverte"]


def test_a_branch_in_conflict_is_red_and_one_that_moved_is_not_merged(desk: Desk) -> None:
    desk.harvest(account("aaa", "Acigné", 12), day="2026-02-01")
    desk.propose(day="2026-02-01")
    merger = merger_of(desk.forge, desk.repo, "2026-02-01")
    assert merger is not None
    request = desk.forge.get(1)
    assert merger.checks(request) == "verts"
    desk.commits({"data/publications.csv": b"tout autre chose\n"}, "main")
    assert merger.checks(request) == "rouges"
    with pytest.raises(Raced, match=r"data/publications\.csv"):
        merger.merge(request)
    desk.commits({"data/themes.csv": b"x\n"}, request.branch)
    with pytest.raises(Raced, match="vient de changer"):
        merger.merge(request)


def test_a_person_who_undid_it_has_the_last_word(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.harvest(account("aaa", "Acigné", 12), day="2026-02-01")
    desk.propose(SWITCH, day="2026-02-01")
    bare = desk.forge.repo
    main = bare.resolve("main") or ""
    before = bare.line("rev-parse", f"{main}^1^{{tree}}")
    said = f'Revert "Fusion"\n\nThis reverts commit {main}, reversing\nchanges made to x.\n'
    undone = bare.commit(before, [main], said, desk.forge.whoami(), "2026-02-02")
    bare.update_ref("refs/heads/main", undone, main)
    desk.harvest(account("aaa", "Acigné", 13), day="2026-03-01")
    desk.propose(SWITCH, day="2026-03-01")
    assert "une personne a défait la précédente." in capsys.readouterr().out
    assert states(desk) == ["fusionnee", "ouverte"]
