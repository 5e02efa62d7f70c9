"""A newcomer's way, from a template to a version: asked, proposed, checked, merged, published."""

from __future__ import annotations

from pathlib import Path

import forges_stage as stages
import pytest
from forges_stage import HUMAN, ROBOT, STRANGER, TOKEN
from propose_register import AMANLIS, account, make

from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.git import Tree
from observatoire.signalement import templates
from observatoire.signalement.forms import forms

TICK = ("- [ ] Il publie des données ouvertes", "- [x] Il publie des données ouvertes")


def answered(body: str, **answers: str) -> str:
    """The template with some answers, each written under its heading."""
    form = forms()["organisation"]
    for name, said in answers.items():
        head = f"### {form.title_of(name)}\n"
        body = body.replace(head, f"{head}\n{said}\n", 1)
    return body


def test_from_the_form_to_a_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = make(tmp_path / "registre")
    desk.settled(account("aaa", "Acigné"))
    forge = ForgeFictive(tmp_path / "forge")
    forge.admit(ROBOT, TOKEN)
    store = forge.store
    desk.repo.run("push", str(store.repo.path), "HEAD:refs/heads/main")
    with forge:
        for name, value in stages.environment("gitlab", forge.url).items():
            monkeypatch.setenv(name, value)

        # She leaves out the page: a stranger cannot put labels on, the template's line stays.
        body = answered(templates.markdown(forms()["organisation"]).replace(*TICK), nom="Amanlis")
        issue = store.open_issue(STRANGER, "Amanlis publie", body)
        assert desk.observatoire("signalements") == 0
        [note] = issue.notes
        assert "- **Page de ses données ouvertes** : donnez l'adresse" in note.body
        assert store.requests == []

        # She edits her issue.
        page = "https://www.data.gouv.fr/organizations/mairie-damanlis/"
        issue.body = answered(body, page=page, nombre="4")
        assert desk.observatoire("signalements") == 0
        [request] = store.requests
        assert issue.notes == [note]
        assert f"Il est devenu la proposition !{request.number}." in note.body
        assert (request.title, request.source) == ("Ajout : Amanlis", "bot-signalement-1")

        # The trusted job judges it as it judges everyone's.
        assert desk.observatoire("relecture") == 0
        [status] = store.statuses[request.head]
        assert (status.state, status.said) == ("success", "données vérifiées, rien à corriger")

        # A maintainer merges: the issue closes, and nothing more is said.
        store.merge(request, HUMAN, "", "Merge branch")
        assert issue.state == "closed"
        desk.repo.run("pull", "--quiet", str(store.repo.path), "main")
        assert desk.observatoire("signalements") == 0
        assert (len(store.requests), len(issue.notes)) == (1, 1)

        # The line is in main, and its commit names the issue, not her.
        lines = Tree(store.repo, "main").read("data/organisations.csv") or b""
        assert f"{AMANLIS},Amanlis,COM,35,".encode() in lines
        commits = store.repo.log("main")
        assert any("Source: ticket 1" in c.body for c in commits)
        assert not any(STRANGER.username in f"{c.subject}{c.body}" for c in commits)
        capsys.readouterr()
        assert desk.observatoire("explain", AMANLIS) == 0
        assert "Amanlis" in capsys.readouterr().out

        # The version holds it, for everybody.
        assert desk.observatoire("release", "--forge") == 0
        [release] = store.releases
        assert "registre.xlsx" in {file.name for file in release.files}
        published = Tree(store.repo, "publie").read("data/organisations.csv") or b""
        assert f"{AMANLIS},Amanlis,COM,35,".encode() in published
