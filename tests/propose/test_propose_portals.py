"""Portals to add become one request, kept in place; a refused one stays refused."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from propose_bench import IDS, WEEKS
from propose_register import ANNE, PORTAL, Desk

from observatoire.demo.accounts import account
from observatoire.demo.ckan import Ckan
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.simulator import Portal, Simulator
from observatoire.propose.forges import MergeRequest


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
def search(looked_at: Path, tmp_path: Path, named: None) -> Iterator[Search]:
    shutil.copytree(looked_at, tmp_path / "registre")
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
