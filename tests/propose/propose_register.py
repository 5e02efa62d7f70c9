"""A small register in a Git clone, and harvests of it: what the commands work on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from folder_bytes import contents
from observatoire import cli, files, package
from observatoire.files import Folder
from observatoire.git import Person, Repo, Tree
from observatoire.propose.forges.local import FOLDER, LocalForge
from observatoire.register import Register, path_of
from observatoire.table import from_records

ROOT = Path(__file__).parents[2]
ANNE = Person("Anne", "anne@example.org")
PORTAL = "https://www.data.gouv.fr"
ACIGNE, AMANLIS, BRECE = "213500010", "213500028", "213500390"
Rows = Iterable[Mapping[str, str]]

COMMUNES = [
    {"code": f"35{siren[5:8]}", "siren": siren, "nom": nom, "departement": "35", "region": "53"}
    for siren, nom in ((ACIGNE, "Acigné"), (AMANLIS, "Amanlis"), (BRECE, "Brécé"))
]
TABLES: dict[str, list[dict[str, str]]] = {
    "organisations": [
        {
            "siren": ACIGNE,
            "nom": "Acigné",
            "type": "COM",
            "departement": "35",
            "statut": "actif",
        }
    ],
    "plateformes": [
        {
            "id": "data-gouv-fr",
            "nom": "data.gouv.fr",
            "url": PORTAL,
            "type": "portail",
            "techno": "udata",
            "perimetre": "national",
            "statut": "active",
        },
        {
            "id": "rennes",
            "nom": "Data Rennes",
            "url": "https://data.rennes.example",
            "type": "portail",
            "techno": "opendatasoft",
            "region": "53",
            "perimetre": "territorial",
            "statut": "active",
        },
    ],
    "publications": [
        {
            "siren": ACIGNE,
            "plateforme": "data-gouv-fr",
            "identifiant": "aaa",
            "url": f"{PORTAL}/organizations/aaa/",
            "nb_jeux": "9",
            "nb_reutilisations": "0",
            "derniere_mise_a_jour": "2025-01-01",
            "origine": "moisson",
            "statut": "publie",
        }
    ],
    "refus": [],
    "verrous": [],
    "redirections": [],
    "reference/identifiants": [],
    "reference/2026/communes": COMMUNES,
    "reference/2026/epci": [],
    "reference/2026/anciennes": [],
    "reference/2026/departements": [
        {
            "code": "35",
            "nom": "Ille-et-Vilaine",
            "siren": "223500018",
            "region": "53",
            "zone": "metro",
        }
    ],
    "reference/2026/regions": [
        {"code": "53", "nom": "Bretagne", "siren": "233500016", "zone": "metro"}
    ],
}


def account(identifiant: str, nom: str, nb_jeux: int = 9, siren: str = "") -> dict[str, str]:
    """A line of harvest."""
    return {
        "plateforme": "data-gouv-fr",
        "identifiant": identifiant,
        "nom": nom,
        "siren_declare": siren,
        "nb_jeux": str(nb_jeux),
        "nb_reutilisations": "0",
        "derniere_mise_a_jour": "2025-01-01",
        "url": f"{PORTAL}/organizations/{identifiant}/",
        "categorie": "local-authority",
        "statut": "publie",
    }


KNOWN = account("aaa", "Acigné")
NEW = account("bbb", "Mairie d'Amanlis", 4, AMANLIS)
UNSURE = account("ccc", "Brécé", 3)


@dataclass(frozen=True)
class Desk:
    """A person's clone of a small register."""

    root: Path

    @property
    def repo(self) -> Repo:
        """The clone."""
        return Repo(self.root)

    @property
    def forge(self) -> LocalForge:
        """Its local forge."""
        return LocalForge(self.root / FOLDER)

    def observatoire(self, *words: str) -> int:
        """Run a command."""
        return cli.main([words[0], "--depot", str(self.root), *words[1:]])

    def propose(self, *words: str, day: str = "2026-01-05") -> int:
        """Run `observatoire propose`."""
        return self.observatoire("propose", "--date", day, *words)

    def harvest(self, *rows: Mapping[str, str], day: str = "2026-01-05") -> None:
        """Leave a harvest of data.gouv.fr and its journal in the working folder."""
        self.harvests({"datagouv": rows}, day)

    def harvests(
        self, sources: Mapping[str, Sequence[Mapping[str, str]]], day: str = "2026-01-05"
    ) -> None:
        """Leave the harvests of some sources and their journal in the working folder."""
        changes, lines = {}, []
        for source, rows in sources.items():
            content = self._bytes(f"moissons/{source}", rows)
            changes[path_of(f"moissons/{source}")] = content
            digest = hashlib.sha256(content).hexdigest()[:16]
            asked = {r["plateforme"] for r in rows}
            lines += [_success(source, p, rows, (day, digest)) for p in sorted(asked)]
        changes[path_of("moissons/journal")] = self._bytes("moissons/journal", lines)
        files.write(self.root, changes)

    def commits(self, changes: Mapping[str, bytes | None], ref: str) -> None:
        """A person commits on a branch of the forge."""
        bare = self.forge.repo
        tip = bare.resolve(ref) or ""
        sha = bare.commit(bare.write_tree(tip, changes), [tip], "à la main", ANNE, "2026-01-06")
        bare.update_ref(f"refs/heads/{ref}", sha, tip)

    def settled(self, *rows: Mapping[str, str]) -> None:
        """A harvest that main holds already."""
        self.harvest(*rows, day="2026-01-01")
        paths = [path_of(name) for name in ("moissons/datagouv", "moissons/journal")]
        self.writes({path: (self.root / path).read_bytes() for path in paths})

    def holds(self, table: str, rows: Rows) -> None:
        """Lines that a table of main has."""
        self.writes({path_of(table): self._bytes(table, rows)})

    def writes(self, changes: Mapping[str, bytes]) -> None:
        """A commit on the clone's main, and in its folder."""
        files.write(self.root, changes)
        head = self.repo.resolve("main") or ""
        tree = self.repo.write_tree(head, changes)
        sha = self.repo.commit(tree, [head], "à la main", ANNE, "2026-01-01")
        self.repo.update_ref("refs/heads/main", sha, head)
        self.repo.run("read-tree", sha)

    def rows(self, table: str, ref: str) -> list[dict[str, str]]:
        """The lines of a table on a branch of the forge."""
        return list(Register(Tree(self.forge.repo, ref)).table(table).records())

    def _bytes(self, name: str, rows: Rows) -> bytes:
        register = Register(Folder(self.root))
        return register.bytes_of(name, from_records(register.schema(name).columns, rows))


def _success(
    source: str, plateforme: str, rows: Sequence[Mapping[str, str]], proof: tuple[str, str]
) -> dict[str, str]:
    """A line of the journal; ``proof`` is the day and the digest."""
    return {
        "source": source,
        "plateforme": plateforme,
        "derniere_reussite": proof[0],
        "lignes": str(sum(r["plateforme"] == plateforme for r in rows)),
        "empreinte": proof[1],
    }


def make(root: Path) -> Desk:
    """A clone whose main holds the small register."""
    ours = Folder(ROOT)
    changes: dict[str, bytes | None] = {n: ours.read(n) for n in ours.names("schemas")}
    files.write(root, changes | {package.PATH: b"{}"})
    desk = Desk(root)
    changes |= {path_of(name): desk._bytes(name, rows) for name, rows in TABLES.items()}
    changes[package.PATH] = package.describe(Register(files.Overlay(Folder(root), changes)))
    changes[".gitignore"] = b".observatoire/\n"
    files.write(root, changes)
    repo = desk.repo
    repo.run("init", "--quiet", "--template=", "--initial-branch=main", ".")
    sha = repo.commit(repo.write_tree("", changes), [], "premier", ANNE, "2026-01-01")
    repo.update_ref("refs/heads/main", sha, "")
    repo.run("read-tree", sha)
    return desk


def snapshot(desk: Desk) -> dict[str, bytes]:
    """Every byte of the forge."""
    return contents(desk.forge.folder)
