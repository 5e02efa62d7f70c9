"""A project on each forge, the bot that proposes there, and the gestures of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from observatoire import git
from observatoire.demo.forge.fictive import ForgeFictive
from observatoire.demo.forge.records import Account
from observatoire.git import Person, Repo
from observatoire.propose.bot import Bot, Outcome
from observatoire.propose.forges import Forge, github, gitlab, push
from observatoire.propose.forges.github_forge import GitHubForge
from observatoire.propose.forges.gitlab_forge import GitLabForge
from observatoire.propose.forges.local import LocalForge
from observatoire.propose.forges.online.line import Clock, Line
from observatoire.propose.proposal import Proposal
from observatoire.web.patience import Patience

ANNE = Person("Anne", "anne@example.org")
ROBOT = Account(11, "robot", "Robot", "robot@example.org")
HUMAN = Account(12, "anne", "Anne", "anne@example.org")
STRANGER = Account(13, "inconnu", "Inconnu", "inconnu@example.org", member=False)
TOKEN = "un-jeton-tres-secret-0123456789"
JOB_TOKEN = "jeton-de-tache-tres-secret-987"
TOPIC = "moisson-datagouv"
BRANCH = "bot-moisson-datagouv"
DAY = "2026-01-05"
FILES: dict[str, bytes | None] = {
    "data/organisations.csv": b"siren,nom\n1,Un\n",
    "data/moissons/datagouv.csv": b"identifiant,nom\na,A\n",
}
PROJECT = "observatoire/registre"
KINDS = ("local", "gitlab", "github", "push")


def proposal(value: str = "Deux", **more: object) -> Proposal:
    """A wish that writes one cell."""
    fields: dict[str, object] = {
        "topic": TOPIC,
        "title": f"data.gouv.fr : 1 lien corrigé ({value})",
        "body": f"La source dit **{value}**.\n\n* [ ] une question\n",
        "stable": f"La source dit {value}.",
        "message": f"Propose {value}\n",
        "changes": {"data/organisations.csv": f"siren,nom\n1,{value}\n".encode()},
        "key": f"sha256:{value.lower()}",
    }
    return Proposal(**(fields | more))  # type: ignore[arg-type]


def seed(repo: Repo) -> str:
    """The first commit of main."""
    sha = repo.commit(repo.write_tree("", FILES), [], "premier", ANNE, "2026-01-01")
    repo.update_ref("refs/heads/main", sha, "")
    return sha


@dataclass(frozen=True)
class Seen:
    """A request as it is on the forge, whatever its kind."""

    number: int
    title: str
    body: str
    state: str
    labels: tuple[str, ...]
    draft: bool
    notes: tuple[str, ...]


class Stage(Protocol):
    """One forge with a bot and people."""

    clone: Repo
    forge: Forge
    bare: Repo

    def seen(self) -> list[Seen]:
        """The requests of the project itself."""
        ...

    def close(self, number: int) -> None:
        """A person closes a request."""
        ...

    def label(self, number: int, name: str) -> None:
        """A person puts a label on."""
        ...

    def merge(self, number: int) -> None:
        """A person merges."""
        ...

    def fresh(self) -> Stage:
        """The same forge, as another run of the bot finds it."""
        ...


@dataclass
class Local:
    """The local forge."""

    clone: Repo
    forge: LocalForge

    @property
    def bare(self) -> Repo:
        return self.forge.repo

    def seen(self) -> list[Seen]:
        return [
            Seen(
                r.number,
                r.title,
                r.body,
                r.state,
                r.labels,
                r.draft,
                tuple(n.body for n in self.forge.notes(r.number)),
            )
            for r in self.forge.all()
        ]

    def close(self, number: int) -> None:
        self.forge.close(number, self.forge.get(number).body, DAY)

    def label(self, number: int, name: str) -> None:
        self.forge.label(number, name)

    def merge(self, number: int) -> None:
        self.forge.merge(number, ANNE, DAY)

    def fresh(self) -> Local:
        return Local(self.clone, LocalForge(self.forge.folder))


STATES = {"opened": "ouverte", "closed": "fermee", "merged": "fusionnee"}


@dataclass
class Online:
    """GitLab or GitHub, played by the forge fictive."""

    kind: str
    clone: Repo
    fictive: ForgeFictive
    forge: Forge = field(init=False)

    def __post_init__(self) -> None:
        self.forge = connect(self.kind, self.fictive, self.clone.path)
        self.clone = Repo(self.clone.path, self.forge.variables)

    @property
    def bare(self) -> Repo:
        return self.fictive.store.repo

    def seen(self) -> list[Seen]:
        return [
            Seen(
                r.number,
                r.title,
                r.body,
                STATES[r.state],
                tuple(sorted(r.labels)),
                r.draft,
                tuple(n.body for n in r.notes),
            )
            for r in self.fictive.store.requests
            if not r.fork
        ]

    def _request(self, number: int):  # type: ignore[no-untyped-def]
        return next(r for r in self.fictive.store.requests if r.number == number)

    def close(self, number: int) -> None:
        self.fictive.store.end(self._request(number), "closed", HUMAN)

    def label(self, number: int, name: str) -> None:
        request = self._request(number)
        self.fictive.store.label(request, [name])
        request.updated = self.fictive.store.moment()

    def merge(self, number: int) -> None:
        self.fictive.store.merge(self._request(number), HUMAN, "", "Fusion")

    def fresh(self) -> Online:
        return Online(self.kind, self.clone, self.fictive)


def environment(kind: str, url: str) -> dict[str, str]:
    """What says to use a forge."""
    place = {"CI_SERVER_URL": url, "CI_PROJECT_PATH": PROJECT}
    if kind == "github":
        api = {"GITHUB_SERVER_URL": url, "GITHUB_API_URL": f"{url}/api/v3"}
        return {"GITHUB_REPOSITORY": PROJECT, "GITHUB_TOKEN": TOKEN, **api}
    if kind == "push":
        return place | {"OBSERVATOIRE_JETON_DEPOT": TOKEN, "CI_JOB_TOKEN": JOB_TOKEN}
    return place | {"OBSERVATOIRE_JETON": TOKEN}


def connect(kind: str, fictive: ForgeFictive, root: Path) -> Forge:
    """The forge of a kind on the double, by its own discovery."""
    backend = {"gitlab": gitlab, "github": github, "push": push}[kind]
    forge = backend.connect(root, environment(kind, fictive.url))
    assert forge is not None
    return forge


def patient(kind: str, fictive: ForgeFictive, slept: list[float], **more: float) -> Forge:
    """The same, with a clock that writes down how long it would have slept."""
    forge = connect(kind, fictive, fictive.folder)
    assert isinstance(forge, GitLabForge | GitHubForge)
    patience = Patience(**{"tries": 3, "longest": 300.0, "seconds": 20.0} | more)  # type: ignore[arg-type]
    clock = Clock(sleep=slept.append, now=lambda: 1_000.0, chance=lambda: 0.0)
    forge.client._line = Line(patience, clock)
    return forge


def online(kind: str, folder: Path) -> ForgeFictive:
    """The double with one commit on main, where the bot and Anne have accounts."""
    fictive = ForgeFictive(folder / "forge")
    seed(fictive.store.repo)
    scopes = ("write_repository",) if kind == "push" else ("api", "repo", "write_repository")
    fictive.admit(ROBOT, TOKEN, scopes)
    if kind == "push":
        fictive.admit(ROBOT, JOB_TOKEN, (), job=True)
    return fictive


def local(folder: Path) -> Local:
    """The local forge with one commit on main."""
    clone = git.init_bare(folder / "clone.git")
    seed(clone)
    stage = Local(clone, LocalForge(folder / "forge"))
    stage.forge.prepare(clone)
    return stage


def settle(stage: Stage, wish: Proposal | None, day: str = DAY) -> Outcome:
    """One run of the bot."""
    stage.forge.prepare(stage.clone)
    base = stage.forge.base(stage.clone)
    return Bot(stage.clone, stage.forge, base, day).settle(TOPIC, wish)


def tip(stage: Stage, branch: str = BRANCH) -> str | None:
    """Where a branch of the forge is."""
    return stage.bare.resolve(f"refs/heads/{branch}")


def commit(stage: Stage, branch: str, changes: dict[str, bytes | None], who: Person = ANNE) -> str:
    """A person commits on a branch of the forge, as a web editor does."""
    old = tip(stage, branch) or ""
    tree = stage.bare.write_tree(old, changes)
    sha = stage.bare.commit(tree, [old] if old else [], "une main humaine", who, DAY)
    stage.bare.update_ref(f"refs/heads/{branch}", sha, old)
    if isinstance(stage, Online):
        stage.fictive.store.settle(HUMAN, branch)
    return sha


def opened(stage: Stage) -> list[Seen]:
    """The open requests."""
    return [r for r in stage.seen() if r.state == "ouverte"]
