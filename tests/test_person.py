"""A person's correction on main survives the bot; a real conflict becomes a question."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from observatoire import cli, git
from observatoire.demo import backtest, portals, scratch
from observatoire.demo.datagouv import DataGouv
from observatoire.demo.simulator import Portal, Simulator
from observatoire.files import Folder
from observatoire.propose.forges.local import LocalForge
from observatoire.reference.lookup import load
from observatoire.register import Register
from observatoire.screen import Screen

TABLE = "data/publications.csv"
AGEN = "5bec29278b4c412a07c7ee5f"


def observatoire(*words: str) -> str:
    out = io.StringIO()
    assert cli.execute(Screen(out, out), words) == 0, out.getvalue()
    return out.getvalue()


class Stage:
    """A register, its forge, and a portal that can be told to change."""

    def __init__(self, root: Path, folder: Path) -> None:
        here = Register(Folder(root))
        self.folder = scratch.prepare(root, folder)
        self.forge = LocalForge(folder / ".observatoire/forge")
        face = portals.faces(here, load(here, "2022"))[backtest.DATA_GOUV]
        assert isinstance(face, DataGouv)
        self.face = face
        self.portal = Portal(self.face)

    def bot(self) -> str:
        base = ("--plateforme", "data-gouv-fr", "--base", f"data-gouv-fr={self.portal.url}")
        common = ("--depot", str(self.folder), "--date", backtest.DAY)
        return observatoire("harvest", *common, *base) + observatoire(
            "propose", *common, "--max-questions", "500"
        )

    def accept(self, number: int) -> None:
        self.forge.merge(number, scratch.WHO, backtest.DAY)
        scratch.follow(self.folder, self.forge.remote)

    def person_writes(self, account: str, count: str) -> None:
        """A commit on main, as GitLab's editor makes it."""
        repo = git.Repo(self.folder)
        main = repo.resolve("main") or ""
        lines = (self.folder / TABLE).read_text(encoding="utf-8").split("\n")
        at = next(i for i, line in enumerate(lines) if f",{account}," in line)
        cells = lines[at].split(",")
        lines[at] = ",".join([*cells[:4], count, *cells[5:]])
        tree = repo.write_tree(main, {TABLE: "\n".join(lines).encode()})
        who = git.Person("Une personne", "personne@exemple.invalid")
        commit = repo.commit(tree, [main], "Corrige un compte", who, backtest.DAY)
        repo.push(self.forge.remote, commit, "refs/heads/main", main)
        scratch.follow(self.folder, self.forge.remote)

    def portal_says(self, account: str, count: int) -> None:
        accounts: Sequence[object] = [
            replace(a, datasets=a.datasets[:1] * count) if a.id == account else a
            for a in self.face.accounts
        ]
        self.portal.face = replace(self.face, accounts=accounts, _files={})

    def count(self, ref: str, account: str) -> str:
        register = Register(git.Tree(git.Repo(Path(self.forge.remote)), ref))
        return register.table("publications").by("identifiant")[account,]["nb_jeux"]


@pytest.fixture
def stage(root: Path, tmp_path: Path) -> Stage:
    return Stage(root, tmp_path / "copie")


def test_a_correction_survives_and_a_conflict_is_asked(stage: Stage) -> None:
    with Simulator(stage.portal):
        stage.bot()
        stage.accept(1)
        said_by_the_portal = stage.count("main", AGEN)
        stage.person_writes(AGEN, "999")

        stage.bot()

        assert said_by_the_portal == "86"
        assert stage.count("main", AGEN) == "999"
        assert [r.number for r in stage.forge.all()] == [1]

        stage.portal_says(AGEN, 90)
        stage.bot()

    asked = stage.forge.all()[-1]
    line = next(line for line in asked.body.split("\n") if "999" in line)
    assert line.startswith("- [ ]")
    assert "86" in line
    assert "90" in line
    assert stage.count(asked.branch, AGEN) == "999"
