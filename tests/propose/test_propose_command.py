"""`observatoire propose` and `observatoire requests`, on a small register with a real Git."""

from __future__ import annotations

from pathlib import Path

import pytest
from propose_register import ACIGNE, AMANLIS, BRECE, TABLES, Desk, account

BRANCH = "bot-moisson-datagouv"
KNOWN = account("aaa", "Acigné")
NEW = account("bbb", "Mairie d'Amanlis", 4, AMANLIS)
UNSURE = account("ccc", "Brécé", 3)


@pytest.fixture
def desk(clone: Desk) -> Desk:
    """A clone of its own, where data.gouv.fr has one new body."""
    clone.harvest(KNOWN, NEW)
    return clone


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
    assert "- **1 organisme entre au registre** : 1 commune (Ille-et-Vilaine (35))." in request.body


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


def test_a_closed_request_is_refused_cell_by_cell_until_the_source_changes(desk: Desk) -> None:
    desk.harvest(account("aaa", "Acigné", 12), NEW)
    desk.propose()
    assert "À décider : modifié des deux côtés (1)" in desk.forge.get(1).body
    assert desk.observatoire("requests", "close", "1") == 0
    before = snapshot(desk)
    assert desk.propose() == 0
    assert snapshot(desk)["merge-requests/1.json"] == before["merge-requests/1.json"]
    for week in range(10):
        assert desk.propose(day=f"2026-03-{week + 10}") == 0
    assert len(desk.forge.all()) == 1
    desk.harvest(account("aaa", "Acigné", 13), NEW)
    desk.propose(day="2026-04-01")
    request = desk.forge.get(2)
    assert request.title == "data.gouv.fr : 1 question"
    assert "fermée sans fusion : n° 1. La branche garde 2 refus notés" in request.body
    refused = desk.rows("refus", BRANCH)
    assert {(r["table"], r["cle"], r["champ"], r["ou"]) for r in refused} == {
        ("organisations", AMANLIS, "*", "demande n° 1"),
        ("publications", f"{AMANLIS} data-gouv-fr bbb", "*", "demande n° 1"),
    }


def test_a_new_doubt_alone_is_asked_once(desk: Desk) -> None:
    desk.harvest(KNOWN, UNSURE)
    desk.propose()
    request = desk.forge.get(1)
    assert request.title == "data.gouv.fr : 1 question"
    asked = "- [ ] « [Brécé](https://www.data.gouv.fr/organizations/ccc/) » = Brécé, 35"
    assert f"{asked} ([{BRECE}]" in request.body
    desk.observatoire("requests", "merge", "1")
    desk.harvest(KNOWN, {**UNSURE, "nb_jeux": "4"})
    desk.propose()
    assert len(desk.forge.all()) == 1


def test_an_account_told_once_in_a_closed_request_is_not_told_again(desk: Desk) -> None:
    unknown = account("ddd", "Régie de Nulle-Part", 3)
    desk.harvest(KNOWN, NEW, unknown)
    desk.propose()
    assert "**1 compte inconnu**" in desk.forge.get(1).body
    desk.observatoire("requests", "close", "1")
    desk.harvest(account("aaa", "Acigné", 12), NEW, unknown)
    desk.propose(day="2026-01-19")
    assert "modifié des deux côtés (1)" in desk.forge.get(2).body
    assert "compte inconnu" not in desk.forge.get(2).body


def test_an_account_recognised_under_another_name_stays_refused(desk: Desk) -> None:
    slug = {"identifiant": "mairie-d-acigne", "origine": "reprise"}
    rows = [{**TABLES["publications"][0], **slug}]
    desk.holds("publications", rows)
    desk.harvest({**KNOWN, "siren_declare": ACIGNE, "nom": "Mairie d'Acigné"})
    desk.propose()
    assert "1 compte reconnu" in desk.forge.get(1).title
    desk.observatoire("requests", "close", "1")
    for week in range(10):
        desk.propose(day=f"2026-03-{week + 10}")
    assert len(desk.forge.all()) == 1


def test_questions_that_do_not_fit_wait_for_the_answers_and_none_is_lost(desk: Desk) -> None:
    first, second = account("bbb", "Amanlis", 4), UNSURE
    desk.harvest(KNOWN, first, second)
    one = ("--max-questions", "1")
    desk.propose(*one)
    request = desk.forge.get(1)
    assert "**1 question** pour vous, ci-dessous ; 1 autre attend vos réponses" in request.body
    assert (request.body.count("- [ ]"), "Brécé" in request.body) == (1, False)
    desk.observatoire("requests", "merge", "1")
    desk.propose(*one, day="2026-01-12")
    request = desk.forge.get(2)
    assert request.title == "data.gouv.fr : 1 question"
    assert "» = Brécé, 35" in request.body
    page = Path(request.place)
    page.write_text(page.read_text("utf-8").replace("- [ ] «", "- [x] «", 1), "utf-8")
    desk.propose(*one, day="2026-01-19")
    desk.observatoire("requests", "merge", "2")
    desk.propose(*one, day="2026-01-26")
    assert len(desk.forge.all()) == 2
    known = {r["siren"]: r["decision"] for r in desk.rows("rapprochements/datagouv", "main")}
    assert known[BRECE] == "acceptee"


@pytest.mark.parametrize(
    ("answer", "decision", "sirens"),
    [("- [x] «", "acceptee", {ACIGNE, BRECE}), ("- [ ] ~~«", "refusee", {ACIGNE})],
)
def test_an_answer_is_obeyed_and_written_down_for_ever(
    desk: Desk, answer: str, decision: str, sirens: set[str]
) -> None:
    desk.harvest(KNOWN, UNSURE)
    desk.propose()
    page = Path(desk.forge.get(1).place)
    page.write_text(page.read_text("utf-8").replace("- [ ] «", answer), "utf-8")
    desk.propose()
    known = {r["siren"]: r["decision"] for r in desk.rows("rapprochements/datagouv", BRANCH)}
    assert known[BRECE] == decision
    assert {r["siren"] for r in desk.rows("organisations", BRANCH)} == sirens
    before = snapshot(desk)
    desk.propose(day="2026-01-12")
    assert snapshot(desk) == before
    desk.observatoire("requests", "merge", "1")
    desk.propose(day="2026-01-19")
    assert [r.state for r in desk.forge.all()] == ["fusionnee"]
    desk.harvest(KNOWN, {**UNSURE, "nom": "Ville de Brécé"})
    desk.propose(day="2026-01-26")
    assert not any("question" in r.title for r in desk.forge.all()[1:])


def test_an_answer_taken_back_asks_again(desk: Desk) -> None:
    desk.harvest(KNOWN, UNSURE)
    desk.propose()
    page = Path(desk.forge.get(1).place)
    for old, new in (("- [ ] «", "- [x] «"), ("- [x] «", "- [ ] «")):
        page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")
        desk.propose()
    assert {r["siren"] for r in desk.rows("organisations", BRANCH)} == {ACIGNE}
    assert "Décidé par vous" not in desk.forge.get(1).body


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


def snapshot(desk: Desk) -> dict[str, bytes]:
    """Every byte of the forge."""
    found = (p for p in desk.forge.folder.rglob("*") if p.is_file())
    return {str(p.relative_to(desk.forge.folder)): p.read_bytes() for p in found}
