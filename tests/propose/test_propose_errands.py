"""Looks and portals to add become requests: one each, kept in place, refusals heard."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from propose_register import ACIGNE, ANNE, PORTAL, Desk, make

from observatoire.demo import faces
from observatoire.demo.accounts import account
from observatoire.demo.ckan import Ckan
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal, Simulator
from observatoire.propose.forges import MergeRequest
from observatoire.propose.memory import BRANCH

IDS = ("data-gouv-fr", "rennes")
WEEKS = ("2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30")


@dataclass
class Home:
    """A home page, and the pages that are not gone."""

    gone: set[str] = field(default_factory=set)

    def answer(self, ask: Ask) -> Answer:
        return Answer(404 if ask.path in self.gone else 200, b"<title>Accueil</title>", "text/html")


@dataclass
class Bench:
    """A register, its forge, and the sites of its platforms."""

    desk: Desk
    sites: dict[str, Portal]

    def week(self, day: str, *options: str) -> int:
        """What the pipeline does once a week."""
        bases = [f"--base={id_}={site.url}" for id_, site in self.sites.items()]
        assert self.desk.observatoire("liveness", "--date", day, *bases, *options) == 0
        return self.desk.propose("--source", "vivacite", day=day)

    @property
    def requests(self) -> list[MergeRequest]:
        """The requests about the platforms."""
        return [r for r in self.desk.forge.all() if r.branch == "bot-vivacite"]

    def merge(self) -> None:
        """A person merges the open request, and brings main here."""
        [opened] = [r for r in self.requests if r.state == "ouverte"]
        self.desk.forge.merge(opened.number, ANNE, "2026-03-24")
        self.pull()

    def pull(self) -> None:
        """Bring the forge's main into the clone and its folder."""
        repo = self.desk.repo
        repo.run("fetch", "--quiet", self.desk.forge.remote, "main")
        repo.run("reset", "--quiet", "--hard", "FETCH_HEAD")

    def statuses(self, ref: str = "main") -> dict[str, str]:
        """The statut of the platforms on a branch of the forge."""
        return {r["id"]: r["statut"] for r in self.desk.rows("plateformes", ref)}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    desk = make(tmp_path_factory.mktemp("registre"))
    desk.holds("vivacite", [])
    desk.holds("liens_morts", [])
    return desk.root


@pytest.fixture
def bench(model: Path, tmp_path: Path) -> Iterator[Bench]:
    shutil.copytree(model, tmp_path / "registre")
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
    assert "active → inactive | muette depuis le 2026-03-02 : cette page n'existe pas" in (
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
    assert "/parti` | Acigné | mort depuis le 2026-03-02" in request.body
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


# Portals to add


@dataclass
class Search:
    """A register whose data.gouv.fr harvests some portals that it lacks."""

    desk: Desk
    catalogue: Portal
    portals: list[Portal]

    def run(self, day: str) -> int:
        """What the pipeline does once a week."""
        words = ["--date", day, f"--base=data-gouv-fr={self.catalogue.url}"]
        words += [f"--permettre={p.url}" for p in self.portals]
        assert self.desk.observatoire("candidates", *words) == 0
        return self.desk.propose("--source", "portails", day=day)

    @property
    def requests(self) -> list[MergeRequest]:
        """The requests about portals."""
        return [r for r in self.desk.forge.all() if r.branch == "bot-portails"]

    def added(self) -> dict[str, dict[str, str]]:
        """The lines that the branch adds."""
        rows = self.desk.rows("plateformes", "bot-portails")
        return {r["id"]: r for r in rows if r["id"] not in IDS}


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that finds the sites of exemple.fr on this machine."""
    real = socket.getaddrinfo

    def found(host: str, *rest: Any, **options: Any) -> Any:
        return real("127.0.0.1" if host.endswith(".exemple.fr") else host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.fixture
def search(model: Path, tmp_path: Path, named: None) -> Iterator[Search]:
    shutil.copytree(model, tmp_path / "registre")
    portals = [Portal(Ckan([account("Ville", nb_jeux=3)])) for _ in range(3)]
    with Simulator(*portals):
        for portal, name in zip(portals, ("brest", "quimper", "vannes"), strict=True):
            portal.url = f"http://{name}.exemple.fr:{portal.port}"
        listed = [
            ("Portail de [Brest](http://x) <b>", f"{portals[0].url}/", "ckan"),
            ("Portail de Quimper", portals[1].url, "ckan"),
            ("data.gouv.fr lui-même", PORTAL, "dcat"),
            ("Data Rennes", "https://data.rennes.example/api", "dcat"),
            ("Portail muet", "http://127.0.0.1:1/", "ckan"),
        ]
        catalogue = Portal(DataGouv([], harvesters=listed))
        with Simulator(catalogue):
            yield Search(Desk(tmp_path / "registre"), catalogue, portals)


def test_portals_that_answer_become_lines_to_add(search: Search) -> None:
    assert search.run(WEEKS[0]) == 0
    [request] = search.requests
    assert request.title == "Portails à ajouter : 2 portails ajoutés"
    assert "CKAN 2.10.4 ; liste : moissonneur de data.gouv.fr" in request.body
    assert "<b>" not in request.body
    found = search.added()
    assert sorted(found) == ["portail-de-brest-http-x-b", "portail-de-quimper"]
    line = found["portail-de-quimper"]
    assert line["url"] == search.portals[1].url
    assert (line["techno"], line["statut"], line["perimetre"]) == ("ckan", "active", "territorial")


def test_a_second_search_writes_nothing(search: Search) -> None:
    search.run(WEEKS[0])
    refs = search.desk.forge.repo.refs()
    assert search.run(WEEKS[1]) == 0
    assert search.desk.forge.repo.refs() == refs
    assert len(search.requests) == 1


def test_a_candidate_that_was_refused_stays_refused(search: Search) -> None:
    search.run(WEEKS[0])
    [request] = search.requests
    search.desk.forge.close(request.number, request.body, WEEKS[0])
    assert search.run(WEEKS[1]) == 0
    assert [r.state for r in search.requests] == ["fermee"]
    face = search.catalogue.face
    assert isinstance(face, DataGouv)
    face.harvesters = [*face.harvesters, ("Portail de Vannes", search.portals[2].url, "ckan")]
    assert search.run(WEEKS[2]) == 0
    assert [r.state for r in search.requests] == ["fermee", "ouverte"]
    assert list(search.added()) == ["portail-de-vannes"]
    assert {r["cle"] for r in search.desk.rows("refus", "bot-portails")} == {
        "portail-de-brest-http-x-b",
        "portail-de-quimper",
    }


def test_a_portal_that_was_added_is_a_candidate_no_more(search: Search) -> None:
    search.run(WEEKS[0])
    [request] = search.requests
    search.desk.forge.merge(request.number, ANNE, WEEKS[0])
    repo = search.desk.repo
    repo.run("fetch", "--quiet", search.desk.forge.remote, "main")
    repo.run("reset", "--quiet", "--hard", "FETCH_HEAD")
    assert search.run(WEEKS[1]) == 0
    assert [r.state for r in search.requests] == ["fusionnee"]
