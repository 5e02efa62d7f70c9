"""A clone with a commit on main, its local forge, and the gestures of people and bots."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from folder_bytes import contents
from observatoire import git
from observatoire.git import Person, Repo
from observatoire.propose.bot import Bot, Outcome
from observatoire.propose.forges import MergeRequest
from observatoire.propose.forges.local import LocalForge
from observatoire.propose.proposal import Proposal

ANNE = Person("Anne", "anne@example.org")
TOPIC = "moisson-datagouv"
BRANCH = "bot-moisson-datagouv"
REF = f"refs/heads/{BRANCH}"
DAY = "2026-01-05"


@dataclass(frozen=True)
class Place:
    """A clone and its forge, with the gestures of people and bots."""

    repo: Repo
    forge: LocalForge

    def settle(self, wish: Proposal | None, day: str = DAY) -> Outcome:
        """One run of the bot."""
        self.forge.prepare(self.repo)
        base = self.forge.base(self.repo)
        return Bot(self.repo, self.forge, base, day).settle(TOPIC, wish)

    def requests(self, state: str = "") -> list[MergeRequest]:
        """The requests, or those in a state."""
        return [r for r in self.forge.all() if state in {"", r.state}]

    def tip(self) -> str | None:
        """Where the bot's branch is."""
        return self.forge.repo.resolve(REF)

    def read(self, path: str, ref: str = BRANCH) -> bytes | None:
        """A file of the forge."""
        return git.Tree(self.forge.repo, ref).read(path)

    def commits(self, ref: str, changes: dict[str, bytes | None], who: Person = ANNE) -> str:
        """A person commits on a branch of the forge, as a web editor does."""
        bare = self.forge.repo
        tip = bare.resolve(ref) or ""
        sha = bare.commit(bare.write_tree(tip, changes), [tip], "une main humaine", who, DAY)
        bare.update_ref(f"refs/heads/{ref}", sha, tip)
        return sha

    def snapshot(self) -> dict[str, bytes]:
        """Every byte of the forge."""
        return contents(self.forge.folder)


def make(folder: Path) -> Place:
    """A clone whose main has one commit, and a forge that knows it."""
    repo = git.init_bare(folder / "clone.git")
    files: dict[str, bytes | None] = {
        "data/organisations.csv": b"siren,nom\n1,Un\n",
        "data/publications.csv": b"siren,url\n1,http://un\n",
        "lisez-moi.md": b"!\n",
    }
    sha = repo.commit(repo.write_tree("", files), [], "premier", ANNE, "2026-01-01")
    repo.update_ref("refs/heads/main", sha, "")
    place = Place(repo, LocalForge(folder / "forge"))
    place.forge.prepare(repo)
    return place
