"""Several sources at once: one request each, whatever their order, within the limits of a run."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from propose_register import ACIGNE, AMANLIS, BRECE, KNOWN, NEW, Desk, account, make, snapshot

from observatoire.git import Tree
from observatoire.model import Row
from observatoire.register import Register

PORTAL = "https://data.rennes.example"


def local(identifiant: str, nb_jeux: int, siren: str) -> dict[str, str]:
    """A line of harvest of the portal of Rennes."""
    return account(identifiant, identifiant, nb_jeux, siren) | {
        "plateforme": "rennes",
        "url": f"{PORTAL}/explore/?refine.publisher={identifiant}",
    }


HARVESTS: dict[str, list[dict[str, str]]] = {
    "datagouv": [KNOWN, NEW],
    "opendatasoft": [local("Acigné", 5, ACIGNE), local("Amanlis", 7, AMANLIS)],
    "ckan": [{**local("Brécé", 2, BRECE), "plateforme": "adico"}],
}
ORDERS = (("ckan", "datagouv", "opendatasoft"), ("opendatasoft", "datagouv", "ckan"))
ADICO = {
    "id": "adico",
    "nom": "Adico",
    "url": "https://adico.example",
    "type": "portail",
    "techno": "ckan",
    "perimetre": "national",
    "statut": "active",
}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = make(tmp_path_factory.mktemp("registre"))
    platforms = Register(Tree(desk.repo, "main")).table("plateformes").records()
    desk.holds("plateformes", [*platforms, ADICO])
    return desk.root


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Desk:
    """A clone of its own, where three technologies of portals were harvested."""
    return clone(model, tmp_path / "registre")


def clone(model: Path, folder: Path) -> Desk:
    shutil.copytree(model, folder)
    desk = Desk(folder)
    desk.harvests(HARVESTS)
    return desk


def test_each_source_has_its_branch_and_its_request(desk: Desk) -> None:
    assert desk.propose() == 0
    found = {r.branch: r.title.partition(" : ")[2] for r in desk.forge.all()}
    assert found == {
        "bot-moisson-ckan": "1 entrée",
        "bot-moisson-datagouv": "1 entrée",
        "bot-moisson-opendatasoft": "1 entrée, 1 compte ajouté",
    }
    for source in HARVESTS:
        branch = f"bot-moisson-{source}"
        changed = desk.forge.repo.changed("main", branch)
        harvests = {p for p in changed if p.startswith(("data/moissons/", "data/rapproch"))}
        assert harvests == {
            f"data/moissons/{source}.csv",
            "data/moissons/journal.csv",
            f"data/rapprochements/{source}.csv",
        }
        assert {r["source"] for r in desk.rows("moissons/journal", branch)} == {source}


def test_a_second_run_of_all_the_sources_writes_no_byte(desk: Desk) -> None:
    desk.propose()
    before = snapshot(desk)
    for day in ("2026-01-05", "2026-01-09", "2026-03-01"):
        assert desk.propose(day=day) == 0
        assert snapshot(desk) == before


def test_the_order_in_which_sources_are_named_changes_nothing(model: Path, tmp_path: Path) -> None:
    seen = []
    for order in ORDERS:
        desk = clone(model, tmp_path / "-".join(order))
        for source in order:
            desk.propose("--source", source)
        requests = {r.branch: (r.title, r.body, r.labels) for r in desk.forge.all()}
        trees = {b: desk.forge.repo.line("rev-parse", f"{b}^{{tree}}") for b in requests}
        seen.append((requests, trees))
    assert all(other == seen[0] for other in seen)


def test_merging_them_in_any_order_gives_the_same_register(model: Path, tmp_path: Path) -> None:
    ends = []
    for order in ORDERS:
        desk = clone(model, tmp_path / "-".join(order))
        for source in order:
            desk.propose()
            [number] = [r.number for r in desk.forge.all() if opened(r.branch, r.state, source)]
            assert desk.observatoire("requests", "merge", str(number)) == 0
        desk.propose()
        assert not any(r.state == "ouverte" for r in desk.forge.all())
        tree = desk.forge.repo.line("rev-parse", "main:data")
        ends.append((tree, {r["siren"] for r in desk.rows("publications", "main")}))
    assert ends[0][1] == {ACIGNE, AMANLIS, BRECE}
    assert all(other == ends[0] for other in ends)


def opened(branch: str, state: str, source: str) -> bool:
    return branch == f"bot-moisson-{source}" and state == "ouverte"


def test_a_request_that_no_longer_merges_is_built_again(desk: Desk) -> None:
    # The journal holds the lines of all the sources, next to each other.
    known = [account("aaa", "Acigné"), *(account(f"o{n}", f"Autre {n}", 0) for n in range(9))]
    desk.settled(*known)
    gone = known[1:]
    desk.harvests({"datagouv": gone, "ckan": HARVESTS["ckan"]})
    desk.propose()
    [absence] = [r for r in desk.forge.all() if r.branch == "bot-moisson-datagouv"]
    assert absence.title == "data.gouv.fr : 1 compte absent"
    [other] = [r for r in desk.forge.all() if r.branch == "bot-moisson-ckan"]
    desk.observatoire("requests", "merge", str(other.number))
    assert desk.observatoire("requests", "merge", str(absence.number)) == 1
    desk.propose()
    assert desk.observatoire("requests", "merge", str(absence.number)) == 0


def test_a_run_opens_as_many_requests_as_it_may(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.propose("--max-nouvelles", "2") == 0
    said = capsys.readouterr().out
    assert [r.branch for r in desk.forge.all()] == ["bot-moisson-ckan", "bot-moisson-datagouv"]
    assert (
        "opendatasoft : attend la prochaine fois : 2 demandes sont ouvertes en une fois"
        " (voir --max-nouvelles).\n" in said
    )
    desk.propose("--max-nouvelles", "2")
    assert len(desk.forge.all()) == 3


def test_no_request_opens_while_too_many_are_unread(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.propose("--source", "opendatasoft")
    desk.propose("--max-ouvertes", "1")
    said = capsys.readouterr().out
    assert "ckan : attend que vous ayez lu les autres : 1 demande est ouverte (voir" in said
    assert "opendatasoft : la demande 1 dit déjà tout" in said
    assert len(desk.forge.all()) == 1
    desk.observatoire("requests", "merge", "1")
    desk.propose("--max-ouvertes", "1")
    assert [r.branch for r in desk.forge.all() if r.state == "ouverte"] == ["bot-moisson-ckan"]


def test_a_request_that_is_open_already_is_kept_up_to_date_past_the_limits(desk: Desk) -> None:
    desk.propose("--source", "datagouv")
    changed = [HARVESTS["datagouv"][0], account("ddd", "Mairie de Brécé", 4, BRECE)]
    desk.harvests({**HARVESTS, "datagouv": changed})
    desk.propose("--max-ouvertes", "0")
    [request] = desk.forge.all()
    assert f"[{BRECE}]" in request.body


def test_a_full_request_says_what_waits_and_the_rest_comes_after_it(desk: Desk) -> None:
    source = ("--source", "datagouv", "--max-lignes", "2")
    brece = account("ddd", "Mairie de Brécé", 4, BRECE)
    desk.harvests({"datagouv": [*HARVESTS["datagouv"], brece]})
    desk.propose(*source)
    request = desk.forge.get(1)
    assert request.title == "data.gouv.fr : 1 entrée"
    assert (
        "- **1 compte attend** : cette demande est pleine, la suite viendra quand elle sera"
        " fusionnée.\n" in request.body
    )
    before = snapshot(desk)
    desk.propose(*source, day="2026-01-06")
    assert snapshot(desk) == before
    desk.observatoire("requests", "merge", "1")
    assert {r["siren"] for r in desk.rows("organisations", "main")} == {ACIGNE, AMANLIS}
    desk.propose(*source, day="2026-01-07")
    assert desk.forge.get(2).title == "data.gouv.fr (suite) : 1 entrée"
    desk.observatoire("requests", "merge", "2")
    assert {r["siren"] for r in desk.rows("organisations", "main")} == {ACIGNE, AMANLIS, BRECE}
    desk.propose(*source, day="2026-01-08")
    assert len(desk.forge.all()) == 2


def test_numbers_alone_come_once_a_week(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    source = ("--source", "datagouv")
    rows = HARVESTS["datagouv"]
    desk.settled(account("aaa", "Acigné"))
    more = [{**rows[0], "nb_jeux": "12"}]
    desk.harvests({"datagouv": more}, day="2026-01-05")
    desk.propose(*source, day="2026-01-05")
    said = capsys.readouterr().out
    assert "datagouv : des chiffres à jour, sans plus : attend le 8 janvier 2026 (voir" in said
    assert desk.forge.all() == []
    desk.propose(*source, day="2026-01-08")
    assert [r.title for r in desk.forge.all()] == ["data.gouv.fr : 1 compte à jour"]
    desk.harvests({"datagouv": [{**rows[0], "nb_jeux": "13"}]}, day="2026-01-09")
    desk.propose(*source, day="2026-01-09")
    assert "9 → 13" in desk.forge.get(1).body


@pytest.mark.parametrize(
    "words", [("--age-comptes", "0"), ("--age-comptes", "4")], ids=["sans attente", "assez vieux"]
)
def test_the_wait_of_numbers_is_a_setting(desk: Desk, words: Sequence[str]) -> None:
    desk.settled(account("aaa", "Acigné"))
    desk.harvests({"datagouv": [account("aaa", "Acigné", 12)]}, day="2026-01-05")
    desk.propose("--source", "datagouv", *words, day="2026-01-05")
    assert len(desk.forge.all()) == 1


def test_a_new_body_does_not_wait_for_the_week(desk: Desk) -> None:
    desk.settled(account("aaa", "Acigné"))
    rows: list[Row] = [account("aaa", "Acigné", 12), HARVESTS["datagouv"][1]]
    desk.harvests({"datagouv": rows}, day="2026-01-02")
    desk.propose("--source", "datagouv", day="2026-01-02")
    assert desk.forge.get(1).title == "data.gouv.fr : 1 entrée, 1 compte à jour"


def test_a_dry_run_says_what_would_wait(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.propose("--a-blanc", "--max-nouvelles", "0")
    said = capsys.readouterr().out
    assert "ckan : attend la prochaine fois : 0 demande est ouverte" in said
    assert "Branche : bot-moisson-ckan\n" in said


@pytest.mark.parametrize("value", ["-1", "deux", "1e9", "٣", "99999999999"])
def test_a_limit_is_a_whole_number(
    desk: Desk, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        desk.propose(f"--max-lignes={value}")
    assert f"« {value} » n'est pas un nombre entier" in capsys.readouterr().err
