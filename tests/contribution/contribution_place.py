"""A small register with history, a visitor's branch, and the local forge."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from datami_visitor import FILE, save

from observatoire import schema
from observatoire.cli import main
from observatoire.git import Person, Repo
from observatoire.model import Key
from observatoire.propose.forges import MergeRequest, Wish
from observatoire.propose.forges.local import LocalForge

BRANCH = "datami-2025-11-23-organisations-csv-e8d052b3-88dc-428e-bdd3-bb9dd5ef5ab0"
TIDY = "bot-contribution-2025-11-23-organisations-e8d052b3"
VISITOR = Person("Jeanne Martin", "jeanne@ville.fr")
SIGNED = (
    "Recompté.\n----\n\nContribution from:\n\nUser name : Jeanne Martin\nEmail : jeanne@ville.fr"
)
ACIGNE, RENNES = ("213500010",), ("243500139",)
HEAD = (
    "siren,nom,type,departement,adresse,latitude,longitude,population_desservie,thematiques,"
    "programmes,statut\n"
)
FIRST = (
    f"{HEAD}213500010,Acigné,COM,35,Place de la Mairie,48.133181,,,,,actif\n"
    "243500139,Rennes Métropole,MET,35,,48.11,,,,,actif\n"
)
SECOND = FIRST.replace("48.11,", "48.1147,")


class Place:
    """A clone of a small register, its forge, and what a visitor does to it."""

    def __init__(self, path: Path, source: Path) -> None:
        self.root = path / "registre"
        self.root.mkdir()
        shutil.copytree(source / "schemas", self.root / "schemas")
        (self.root / "datapackage.json").write_text("{}")
        self.repo = Repo(self.root)
        self.repo.run("init", "--quiet", "--initial-branch=main", ".")
        self.schema = schema.parse("o", (source / "schemas/organisations.json").read_bytes())
        schemas = {
            p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.root.rglob("*.json")
        }
        self.first = self.put("main", "", {**schemas, FILE: FIRST.encode()})
        self.second = self.put("main", self.first, {FILE: SECOND.encode()})
        self.forge = LocalForge(self.root / ".observatoire/forge")

    def put(
        self,
        branch: str,
        start: str,
        changes: Mapping[str, bytes | None],
        message: str = "Version",
    ) -> str:
        """A commit on a branch, on top of ``start``."""
        tree = self.repo.write_tree(start, changes)
        commit = self.repo.commit(tree, [start] if start else [], message, VISITOR, "2026-11-23")
        ref = f"refs/heads/{branch}"
        self.repo.update_ref(ref, commit, self.repo.resolve(ref) or "")
        return commit

    def send(
        self,
        edits: Mapping[tuple[Key, str], str],
        opened: str = SECOND,
        more: Mapping[str, bytes] | None = None,
        aim: str = "main",
    ) -> None:
        """What Datami does: a branch cut from main, the whole file in it, a request."""
        saved = save(opened.encode(), edits, schema=self.schema)
        self.put(BRANCH, self.second, {FILE: saved, **(more or {})}, SIGNED)
        self.forge.prepare(self.repo)
        tip = self.repo.resolve(BRANCH) or ""
        self.repo.push(self.forge.remote, tip, f"refs/heads/{BRANCH}", "")
        body = f"ghost added some contributions on branch '{BRANCH}', to add to branch '{aim}'"
        self.forge.create(BRANCH, Wish("Datami - Contribution from : ghost", body))

    def requests(self, branch: str) -> list[MergeRequest]:
        return list(self.forge.requests(branch))

    def run(self, *args: str) -> int:
        return main(["contribution", "--depot", str(self.root), "--branche", BRANCH, *args])
