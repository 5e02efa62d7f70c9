"""Looks at platforms and links become one request, kept in place; refusals are heard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from propose_bench import IDS, WEEKS, Bench, Home
from propose_register import ACIGNE, Desk

from observatoire.demo import faces
from observatoire.demo.simulator import Portal, Simulator
from observatoire.propose.memory import BRANCH


@pytest.fixture
def bench(looked_at: Path, tmp_path: Path) -> Iterator[Bench]:
    shutil.copytree(looked_at, tmp_path / "registre")
    sites = {id_: Portal(Home()) for id_ in IDS}
    with Simulator(*sites.values()):
        yield Bench(Desk(tmp_path / "registre"), sites)


def test_a_portal_that_fails_for_weeks_gets_a_request_that_sets_its_statut(bench: Bench) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:2]:
        assert bench.week(day) == 0
        bench.pull()  # A fresh checkout: nothing is left of last week's look but the forge.
        assert bench.requests == []
    assert bench.week(WEEKS[2]) == 0
    [request] = bench.requests
    assert request.title == "Vivacité des plateformes : 1 changement de statut"
    assert "active → inactive | muette depuis le 2 mars 2026 : cette page n'existe pas" in (
        request.body
    )
    assert "constat du 16 mars 2026, 2 plateformes regardées" in request.body
    assert bench.statuses("bot-vivacite") == {"data-gouv-fr": "active", "rennes": "inactive"}
    assert not request.draft
    [row] = [r for r in bench.desk.rows("vivacite", "bot-vivacite") if r["constat"]]
    assert (row["plateforme"], row["echecs"], row["etat"]) == ("rennes", "3", "inactive")


def test_a_request_is_kept_in_place_and_the_same_look_writes_nothing(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:4]:
        bench.week(day)
    refs = bench.desk.forge.repo.refs()
    capsys.readouterr()
    assert bench.week(WEEKS[3]) == 0
    assert "dit déjà tout" in capsys.readouterr().out
    assert bench.desk.forge.repo.refs() == refs
    assert len(bench.requests) == 1


def test_a_portal_that_comes_back_withdraws_the_request(bench: Bench) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:3]:
        bench.week(day)
    bench.sites["rennes"].faults = []
    assert bench.week(WEEKS[3]) == 0
    [request] = bench.requests
    assert request.state == "fermee"
    assert "n'est plus nécessaire" in bench.desk.forge.notes(request.number)[0].body
    assert bench.desk.forge.repo.resolve("refs/heads/bot-vivacite") is None


def test_a_portal_that_comes_back_after_the_merge_gets_the_reverse(bench: Bench) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:3]:
        bench.week(day)
    bench.merge()
    assert bench.statuses()["rennes"] == "inactive"
    bench.sites["rennes"].faults = []
    assert bench.week(WEEKS[3]) == 0
    assert bench.requests[-1].state == "ouverte"
    assert "inactive → active | répond" in bench.requests[-1].body
    bench.merge()
    assert bench.statuses()["rennes"] == "active"


def test_a_statut_that_a_person_refused_is_not_proposed_again(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:3]:
        bench.week(day)
    [request] = bench.requests
    bench.desk.forge.close(request.number, request.body, WEEKS[2])
    capsys.readouterr()
    assert bench.week(WEEKS[3]) == 0
    assert [r.state for r in bench.requests] == ["fermee"]
    bench.sites["data-gouv-fr"].faults = [faces.status(410)]
    for day in ("2026-04-06", "2026-04-13", "2026-04-20"):
        bench.week(day)
    last = bench.requests[-1]
    assert last.state == "ouverte"
    assert bench.statuses("bot-vivacite") == {"data-gouv-fr": "inactive", "rennes": "active"}
    [refusal] = bench.desk.rows("refus", "bot-vivacite")
    assert (refusal["cle"], refusal["champ"], refusal["valeur"]) == ("rennes", "statut", "inactive")


def test_the_memory_of_looks_is_a_branch_without_request(bench: Bench) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    assert bench.week(WEEKS[0]) == 0
    forge = bench.desk.forge
    changed = forge.repo.changed("main", BRANCH)
    assert set(changed) == {"data/vivacite.csv"}
    assert forge.all() == []
    tip = forge.repo.resolve(BRANCH)
    assert bench.week(WEEKS[0]) == 0
    assert forge.repo.resolve(BRANCH) == tip


def test_a_memory_that_a_person_broke_starts_again_from_main(bench: Bench) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:2]:
        bench.week(day)
    bench.desk.commits({"data/vivacite.csv": b"plateforme\n\xff\n"}, BRANCH)
    bench.pull()
    assert bench.week(WEEKS[2]) == 0
    assert bench.requests == []
    [row] = [r for r in bench.desk.rows("vivacite", BRANCH) if r["constat"]]
    assert row["echecs"] == "1"


def test_dead_links_are_told_once(bench: Bench) -> None:
    bench.desk.holds(
        "publications",
        [
            {
                "siren": ACIGNE,
                "plateforme": "data-gouv-fr",
                "identifiant": "aaa",
                "url": f"{bench.sites['data-gouv-fr'].url}/parti",
                "nb_jeux": "9",
                "origine": "moisson",
                "statut": "publie",
            }
        ],
    )
    home = bench.sites["data-gouv-fr"].face
    assert isinstance(home, Home)
    home.gone.add("/parti")
    for day in WEEKS[:3]:
        assert bench.week(day, "--liens") == 0
    [request] = bench.requests
    assert request.title == "Vivacité des plateformes : 1 lien mort"
    assert "/parti` | Acigné | mort depuis le 2 mars 2026" in request.body
    [row] = bench.desk.rows("liens_morts", "bot-vivacite")
    assert (row["etat"], row["echecs"]) == ("mort", "3")
    bench.desk.forge.close(request.number, request.body, WEEKS[2])
    assert bench.week(WEEKS[3], "--liens") == 0
    assert [r.state for r in bench.requests] == ["fermee"]


def test_a_dry_run_shows_the_request_and_writes_nothing(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:2]:
        bench.week(day)
    bases = [f"--base={id_}={site.url}" for id_, site in bench.sites.items()]
    bench.desk.observatoire("liveness", "--date", WEEKS[2], *bases)
    refs = bench.desk.forge.repo.refs()
    capsys.readouterr()
    assert bench.desk.propose("--source", "vivacite", "--a-blanc", day=WEEKS[2]) == 0
    out = capsys.readouterr().out
    assert "Branche : bot-vivacite" in out
    assert "-rennes,Data Rennes" in out
    assert "vivacite.csv" not in out
    assert bench.desk.forge.repo.refs() == refs


def test_without_a_look_there_is_nothing_to_propose(
    bench: Bench, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bench.desk.propose("--source", "vivacite") == 2
    assert "lancez « observatoire liveness »" in capsys.readouterr().err


def test_limits_hold_for_looks_too(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:2]:
        bench.week(day)
    bases = [f"--base={id_}={site.url}" for id_, site in bench.sites.items()]
    bench.desk.observatoire("liveness", "--date", WEEKS[2], *bases)
    capsys.readouterr()
    assert bench.desk.propose("--source", "vivacite", "--max-nouvelles", "0", day=WEEKS[2]) == 0
    assert "attend la prochaine fois" in capsys.readouterr().out
    assert bench.requests == []


def test_a_merge_elsewhere_builds_the_request_again_without_a_new_look(bench: Bench) -> None:
    bench.sites["rennes"].faults = [faces.status(404)]
    for day in WEEKS[:3]:
        bench.week(day)
    (bench.desk.root / ".observatoire/constats.json").unlink()
    before = bench.requests[0].body
    platforms = bench.desk.rows("plateformes", "main")
    bench.desk.holds("plateformes", [*platforms, {**platforms[1], "id": "brest"}])
    assert bench.desk.propose("--rafraichir", day=WEEKS[3]) == 0
    [request] = bench.requests
    assert request.state == "ouverte"
    assert request.body.partition("Source :")[0] == before.partition("Source :")[0]
    assert bench.statuses("bot-vivacite") == {
        "brest": "active",
        "data-gouv-fr": "active",
        "rennes": "inactive",
    }
