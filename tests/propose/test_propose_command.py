"""`observatoire propose`: what a harvest becomes in a register with a real Git, told once."""

from __future__ import annotations

import pytest
from propose_place import BRANCH
from propose_register import (
    ACIGNE,
    AMANLIS,
    BRECE,
    KNOWN,
    NEW,
    TABLES,
    Desk,
    account,
    snapshot,
)


def test_a_new_publisher_becomes_a_request(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.propose() == 0
    said = capsys.readouterr().out
    assert "datagouv : demande 1 ouverte : data.gouv.fr : 1 entrée\n" in said
    assert {r["siren"] for r in desk.rows("organisations", BRANCH)} == {ACIGNE, AMANLIS}
    assert [r["siren"] for r in desk.rows("publications", BRANCH)] == [ACIGNE, AMANLIS]
    assert len(desk.rows("moissons/datagouv", BRANCH)) == 2
    [journal] = desk.rows("moissons/journal", BRANCH)
    assert journal["derniere_reussite"] == "2026-01-05"
    [request] = desk.forge.all()
    assert "- **1 organisme entre au registre** : 1 commune — Ille-et-Vilaine (35)." in request.body


def test_new_tables_enter_the_description_of_the_data(desk: Desk) -> None:
    desk.propose()
    described = desk.forge.repo.line("show", f"{BRANCH}:datapackage.json")
    assert '"path": "data/moissons/datagouv.csv"' in described
    assert '"path": "data/rapprochements/datagouv.csv"' in described


def test_a_dry_run_shows_everything_and_writes_nothing(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    objects = desk.repo.line("count-objects")
    assert desk.propose("--a-blanc") == 0
    said = capsys.readouterr().out
    assert said.startswith(
        f"Branche : {BRANCH}\nTitre : data.gouv.fr : 1 entrée\n\n- **1 organisme"
    )
    assert "\nmoisson(datagouv) : 2 ajouts\n" in said
    assert f"\n+{AMANLIS},Amanlis,COM,35," in said
    assert "diff --git a/data/moissons" not in said
    assert not desk.forge.folder.exists()
    assert desk.repo.line("count-objects") == objects


def test_the_working_folder_is_not_touched(desk: Desk) -> None:
    def seen() -> tuple[str, ...]:
        return tuple(
            desk.repo.line(*words)
            for words in (("status", "--porcelain", "-uall"), ("for-each-ref",), ("diff",))
        )

    before = seen()
    desk.propose()
    assert seen() == before


def test_the_same_harvest_again_writes_no_byte(desk: Desk) -> None:
    desk.propose()
    before = snapshot(desk)
    for day in ("2026-01-05", "2026-01-06", "2026-02-20"):
        assert desk.propose(day=day) == 0
    assert snapshot(desk) == before


def test_once_merged_there_is_nothing_left_to_propose(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose()
    assert desk.observatoire("requests", "merge", "1") == 0
    assert desk.propose() == 0
    assert "datagouv : rien à proposer.\n" in capsys.readouterr().out
    desk.harvest(KNOWN, {**NEW, "nb_telechargements": "120", "qualite": "0.5"})
    assert desk.propose() == 0
    assert [r.number for r in desk.forge.all()] == [1]


def test_a_person_s_line_in_the_branch_is_not_overwritten(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose()
    desk.commits({"data/organisations.csv": b"une main humaine\n"}, BRANCH)
    desk.harvest(KNOWN)
    assert desk.propose() == 0
    assert "branche gelée" in capsys.readouterr().out
    seen = desk.forge.repo.line("show", f"{BRANCH}:data/organisations.csv")
    assert seen == "une main humaine"


def test_what_leaves_the_source_closes_the_request(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose()
    desk.harvest(KNOWN)
    assert desk.propose() == 0
    assert "la demande 1 n'est plus nécessaire : fermée." in capsys.readouterr().out
    assert desk.forge.repo.resolve(BRANCH) is None


def absent(desk: Desk, ref: str) -> dict[str, str]:
    """The accounts that a branch remembers as absent, with the date."""
    rows = desk.rows("moissons/datagouv", ref)
    return {r["identifiant"]: r["absent_depuis"] for r in rows if r["absent_depuis"]}


OTHERS = [account(f"o{n}", f"Autre {n}", 0) for n in range(9)]


def test_an_absence_alone_is_proposed_once_so_that_its_grace_period_runs(desk: Desk) -> None:
    desk.settled(KNOWN, *OTHERS)
    desk.harvest(*OTHERS, day="2026-01-05")
    desk.propose(day="2026-01-05")
    request = desk.forge.get(1)
    assert request.title == "data.gouv.fr : 1 compte absent"
    assert "### Absents (1)" in request.body
    assert "sans retour en 30 jours, une demande proposera le statut « disparu »" in request.body
    before = snapshot(desk)
    desk.propose(day="2026-01-12")
    assert snapshot(desk) == before
    desk.observatoire("requests", "merge", "1")
    assert absent(desk, "main") == {"aaa": "2026-01-05"}
    desk.propose(day="2026-01-19")
    assert len(desk.forge.all()) == 1
    desk.propose(day="2026-02-05")
    assert desk.forge.get(2).title == "data.gouv.fr : 1 changement de statut"
    assert [r["statut"] for r in desk.rows("publications", BRANCH)] == ["disparu"]


def test_a_refused_absence_is_not_told_again_even_beside_another_reason(desk: Desk) -> None:
    desk.settled(KNOWN, *OTHERS)
    desk.harvest(*OTHERS)
    desk.propose()
    desk.observatoire("requests", "close", "1")
    desk.propose(day="2026-01-12")
    assert len(desk.forge.all()) == 1
    desk.harvest(*OTHERS, NEW)
    desk.propose(day="2026-01-19")
    assert desk.forge.get(2).title == "data.gouv.fr : 1 entrée"
    assert "Absents" not in desk.forge.get(2).body


def test_an_account_that_is_back_before_the_merge_closes_the_request(desk: Desk) -> None:
    desk.settled(KNOWN, *OTHERS)
    desk.harvest(*OTHERS)
    desk.propose()
    desk.harvest(*OTHERS, KNOWN)
    desk.propose(day="2026-01-12")
    assert desk.forge.get(1).state == "fermee"
    desk.harvest(*OTHERS)
    desk.propose(day="2026-01-19")
    assert [(r.number, r.state) for r in desk.forge.all()] == [(1, "fermee"), (2, "ouverte")]


def test_a_return_is_recorded_so_that_the_next_absence_starts_afresh(desk: Desk) -> None:
    desk.settled(KNOWN, *OTHERS)
    desk.harvest(*OTHERS)
    desk.propose(day="2026-01-05")
    desk.observatoire("requests", "merge", "1")
    desk.harvest(*OTHERS, KNOWN)
    desk.propose(day="2026-01-12")
    assert desk.forge.get(2).title == "data.gouv.fr : 1 compte revenu"
    assert "### Revenus (1)" in desk.forge.get(2).body
    desk.observatoire("requests", "merge", "2")
    assert absent(desk, "main") == {}
    desk.harvest(*OTHERS)
    desk.propose(day="2026-02-10")
    assert desk.forge.get(3).title == "data.gouv.fr : 1 compte absent"


def test_a_line_that_an_old_question_is_about_is_not_absent(desk: Desk) -> None:
    given = [account(f"k{n}", "Acigné", 2) for n in range(5)]
    old = TABLES["publications"][0] | {"origine": "reprise"}
    desk.holds("publications", [old, *({**old, "identifiant": a["identifiant"]} for a in given)])
    unsure = account("ccc", "Théâtre des Lilas", 3, ACIGNE)
    desk.harvest(*given, unsure)
    desk.propose()
    assert "À décider : qui est-ce ? (1)" in desk.forge.get(1).body
    desk.observatoire("requests", "merge", "1")
    desk.harvest(*given, unsure, NEW)
    desk.propose(day="2026-01-12")
    assert absent(desk, BRANCH) == {}
    desk.harvest(*given, NEW)
    desk.propose(day="2026-01-19")
    assert absent(desk, BRANCH) == {"aaa": "2026-01-19", "ccc": "2026-01-19"}


def test_a_table_that_a_person_broke_before_closing_does_not_stop_the_bot(desk: Desk) -> None:
    desk.propose()
    broken = {f"data/{name}.csv": b"du vent\n" for name in ("organisations", "moissons/datagouv")}
    desk.commits(broken, BRANCH)
    desk.observatoire("requests", "close", "1")
    desk.harvest(KNOWN, NEW, account("ddd", "Mairie de Brécé", 4, BRECE))
    assert desk.propose(day="2026-01-12") == 0
    assert desk.forge.get(2).state == "ouverte"


def test_an_unknown_source_is_named(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.propose("--source", "nulle-part") == 2
    assert "aucune moisson de « nulle-part »" in capsys.readouterr().err
    assert desk.propose("--source", "datagouv") == 0


def test_the_trouble_of_one_source_does_not_stop_the_others(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk.root / "data" / "moissons" / "autre.csv").write_bytes(b"\xff\xfe\n")
    assert desk.propose() == 1
    said = capsys.readouterr()
    assert said.err.startswith("autre : data/moissons/autre.csv")
    assert "datagouv : demande 1 ouverte" in said.out


def test_without_any_harvest_there_is_nothing_to_do(
    clone: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert clone.propose() == 0
    assert "aucune moisson" in capsys.readouterr().out
