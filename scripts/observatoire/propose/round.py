"""One round of the bot from a clone: every source that has a harvest, on one forge, on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from observatoire import sources
from observatoire.files import Folder
from observatoire.git import Repo, Tree
from observatoire.model import Key, Malformed, Row
from observatoire.propose import choices, forges, refusals, wishes
from observatoire.propose.body import topic_of
from observatoire.propose.bot import Bot, Outcome, declined
from observatoire.propose.forges import Forge, MergeRequest
from observatoire.propose.proposal import Proposal, branch_of
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register

RECENT = 24
"""Closed requests whose refusals are read: those of older ones are in ``refus.csv`` by then."""


@dataclass(frozen=True)
class Round:
    """The clone, the forge, the commit of main to build on, the day."""

    root: Path
    repo: Repo
    forge: Forge
    base: str
    day: str

    @cached_property
    def main(self) -> Register:
        """The register as main has it."""
        return Register(Tree(self.repo, self.base))

    @cached_property
    def work(self) -> Register:
        """The register in the working folder, with the new harvest."""
        return Register(Folder(self.root))

    @cached_property
    def reference(self) -> Reference:
        """The reference of local authorities, as main has it."""
        return load(self.main)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The sources' titles."""
        return {name: c.SOURCE.title for name, c in sources.discover().items()}

    def sources(self) -> list[str]:
        """The sources with a harvest in the working folder."""
        return wishes.harvested(self.work)

    def wish(self, source: str) -> Proposal | None:
        """What to propose for a source, after what people said on its requests."""
        requests = self.forge.requests(branch_of(topic_of(source)))
        closed = declined(requests)
        setting = wishes.Setting(
            date=self.day,
            title=self.titles.get(source, source),
            limit=self.forge.limit,
            asked=choices.asked(r.body for r in closed),
            answers=choices.answers(r.body for r in requests if r.state != "fermee"),
            refused={c: row for r in closed[-RECENT:] for c, row in self._refused(r).items()},
            absent=frozenset(k for r in closed[-RECENT:] for k in self._absent(r, source)),
            previous=self.forge.mark + str(closed[-1].number) if closed else "",
        )
        return wishes.Wisher(self.main, self.work, self.reference, setting).wish(source)

    def _refused(self, request: MergeRequest) -> dict[refusals.Cell, Row]:
        """The cells that a person refused by closing a request."""
        self._bring(request)
        start = self.repo.merge_base(self.base, request.head) if request.head else None
        if start is None:
            return {}
        try:
            cells = refusals.proposed(Tree(self.repo, start), Tree(self.repo, request.head))
        except Malformed:
            # A person broke a table in the branch: what was refused in it cannot be told.
            return {}
        return refusals.rows(cells, f"demande {self.forge.mark}{request.number}", request.closed)

    def _absent(self, request: MergeRequest, source: str) -> list[Key]:
        """The accounts whose absence a request told."""
        self._bring(request)
        if not request.head:
            return []
        try:
            rows = Register(Tree(self.repo, request.head)).table(f"moissons/{source}").records()
        except Malformed:
            return []
        return [(r["plateforme"], r["identifiant"]) for r in rows if r["absent_depuis"]]

    def _bring(self, request: MergeRequest) -> None:
        """Bring the commits of a request here."""
        if request.head and self.repo.resolve(request.head) is None:
            self.repo.fetch(self.forge.remote, request.kept)

    def propose(self, source: str) -> Outcome:
        """Bring a source's branch and request up to date."""
        bot = Bot(self.repo, self.forge, self.base, self.day)
        return bot.settle(topic_of(source), self.wish(source))


def start(root: Path, environment: Mapping[str, str], day: str) -> Round:
    """A round on the forge that the environment says; nothing is written yet."""
    forge = forges.connect(root, environment)
    repo = Repo(root, forge.variables)
    return Round(root, repo, forge, forge.base(repo), day)
