"""A register whose platforms have sites to look at, and the weeks of its pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field

from propose_register import ANNE, Desk

from observatoire.demo.faces import Answer, Ask
from observatoire.demo.simulator import Portal
from observatoire.propose.forges import MergeRequest

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
