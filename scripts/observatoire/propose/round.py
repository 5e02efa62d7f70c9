"""One round of the bot from a clone: every source that has a harvest, on one forge, on one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from observatoire import heard, sources
from observatoire.files import Folder, Overlay
from observatoire.french import counted, day
from observatoire.git import Repo, StaleRef, Tree
from observatoire.model import Key, Malformed, Row
from observatoire.propose import choices, errands, forges, outage, refusals, wishes
from observatoire.propose.automerge import AutoMerge
from observatoire.propose.body import topic_of
from observatoire.propose.bot import Bot, Outcome, continued, declined
from observatoire.propose.forges import Forge, MergeRequest
from observatoire.propose.forges.merger import merger_of
from observatoire.propose.limits import Limits
from observatoire.propose.memory import Remembered
from observatoire.propose.proposal import ERRANDS, Proposal, branch_of
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register

RECENT = 24
"""Closed requests whose refusals are read: those of older ones are in ``refus.csv`` by then."""


@dataclass(frozen=True)
class Round:
    """The clone, the forge, the commit of main to build on, the day, how much at once.

    ``new`` are the sources whose request this round opened. ``automerge`` lets the bot merge what
    nobody needs to read. ``refresh``: no harvest is new, each open request is built again on main
    from the harvest that it holds.
    """

    root: Path
    repo: Repo
    forge: Forge
    base: str
    date: str
    limits: Limits = field(default_factory=Limits)
    new: set[str] = field(default_factory=set)
    automerge: bool = False
    refresh: bool = False

    @cached_property
    def main(self) -> Register:
        """The register as main has it."""
        return Register(Tree(self.repo, self.base))

    @cached_property
    def work(self) -> Register:
        """The register in the working folder, with the new harvest; main when none is new."""
        return self.main if self.refresh else Register(Folder(self.root))

    @cached_property
    def reference(self) -> Reference:
        """The reference of local authorities, as main has it."""
        return load(self.main)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The sources' titles."""
        return ERRANDS | {name: c.SOURCE.title for name, c in sources.discover().items()}

    @cached_property
    def memory(self) -> Remembered:
        """What the bot remembers of its looks at the platforms."""
        return Remembered(self.repo, self.forge, self.base)

    def sources(self) -> list[str]:
        """What the working folder has to propose, or the open requests to refresh."""
        if self.refresh:
            return sorted(self._open & (self.titles.keys() - ERRANDS.keys() | errands.LASTING))
        return [*wishes.harvested(self.work), *errands.present(self.work.files)]

    def wish(self, source: str) -> Proposal | None:
        """What to propose for a source, after what people said on its requests."""
        requests = self.forge.requests(branch_of(topic_of(source)))
        closed = declined(requests)
        setting = wishes.Setting(
            date=self.date,
            title=self.titles.get(source, source),
            limit=self.forge.limit,
            asked=choices.asked(r.body for r in closed),
            answers=choices.answers(r.body for r in requests if r.state != "fermee"),
            refused={c: row for r in closed[-RECENT:] for c, row in self._refused(r).items()},
            absent=frozenset(k for r in closed[-RECENT:] for k in self._absent(r, source)),
            previous=self._called(closed[-1] if closed else None),
            continues=self._called(continued(requests)),
            lines=self.limits.lines,
            questions=self.limits.questions,
        )
        if source in ERRANDS:
            return errands.wish(source, self._errand(source), self.main, setting)
        work = self._heard(source, requests)
        return wishes.Wisher(self.main, work, self.reference, setting).wish(source)

    def _called(self, request: MergeRequest | None) -> str:
        return f"{self.forge.mark}{request.number}" if request else ""

    def _errand(self, topic: str) -> errands.Errand | None:
        """What a command other than the harvest brought back."""
        before = self.memory.register(self.main)
        if self.refresh:
            return errands.again(self.main, before, self.date)
        return errands.bring(topic, self.work.files, self.main, before)

    def _heard(self, source: str, requests: Sequence[MergeRequest]) -> Register:
        """The working folder, with what the open request holds of platforms that are silent."""
        note = {} if self.refresh else heard.read(self.work.files)
        opened = [r for r in requests if r.state == "ouverte" and r.head]
        if note is None or not opened:
            return self.work
        try:
            self._bring(opened[-1])
            branch = Register(Tree(self.repo, opened[-1].head))
            changes = outage.carried(source, self.main, self.work, branch, note)
        except (Malformed, StaleRef):
            # A person broke a table in the branch, or ended the request meanwhile: the bot will
            # see it, and leave it alone.
            return self.work
        return Register(Overlay(self.work.files, changes)) if changes else self.work

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
        """The accounts whose absence a request told, or its dead links."""
        self._bring(request)
        if not request.head:
            return []
        try:
            branch = Register(Tree(self.repo, request.head))
            if source in ERRANDS:
                return errands.told(branch)
            rows = branch.table(f"moissons/{source}").records()
        except Malformed:
            return []
        return [(r["plateforme"], r["identifiant"]) for r in rows if r["absent_depuis"]]

    def _bring(self, request: MergeRequest) -> None:
        """Bring the commits of a request here."""
        if request.head and self.repo.resolve(request.head) is None:
            opened = request.state == "ouverte"
            ref = f"refs/heads/{request.branch}" if opened else request.kept
            self.repo.fetch(self.forge.remote, ref)

    def propose(self, source: str) -> Outcome:
        """Bring a source's branch and request up to date."""
        wish = self.wish(source)
        if source in ERRANDS and (errand := self._errand(source)) and errand.tables:
            self.memory.keep(errand.tables, self.date)
        late = self.late(source, wish)
        if late:
            return Outcome("attente", late)
        bot = Bot(self.repo, self.forge, self.base, self.date)
        outcome = bot.settle(topic_of(source), wish)
        if outcome.action == "ouverte":
            self.new.add(source)
            self._open.add(source)
        if not self.automerge:
            return outcome
        merger = merger_of(self.forge, self.repo, self.date)
        return AutoMerge(self.repo, self.forge, merger, self.base).finish(outcome, wish)

    def late(self, source: str, wish: Proposal | None) -> str:
        """Why a wish must wait for its request; "" when it need not, or has one open."""
        if wish is None or source in self._open:
            return ""
        if len(self.new) >= self.limits.new:
            new = counted(len(self.new), "demande est ouverte", "demandes sont ouvertes")
            return f"attend la prochaine fois : {new} en une fois (voir --max-nouvelles)."
        if len(self._open) >= self.limits.opened:
            opened = counted(len(self._open), "demande est ouverte", "demandes sont ouvertes")
            return f"attend que vous ayez lu les autres : {opened} (voir --max-ouvertes)."
        return self._early(source) if wish.volatile else ""

    def _early(self, source: str) -> str:
        """Why numbers alone must wait: the harvest that main holds is recent."""
        lines = self.main.table(wishes.JOURNAL).records()
        last = max((r["derniere_reussite"] for r in lines if r["source"] == source), default="")
        if not last:
            return ""
        due = Date.fromisoformat(last) + timedelta(days=self.limits.count_days)
        if Date.fromisoformat(self.date) >= due:
            return ""
        return f"des chiffres à jour, sans plus : attend le {day(str(due))} (voir --age-comptes)."

    @cached_property
    def _open(self) -> set[str]:
        """The sources that have an open request."""
        known = self.titles if self.refresh else {*self.sources(), *ERRANDS}
        found = {s: self.forge.requests(branch_of(topic_of(s))) for s in known}
        return {s for s, requests in found.items() if any(r.state == "ouverte" for r in requests)}


def start(
    root: Path,
    environment: Mapping[str, str],
    date: str,
    limits: Limits | None = None,
    *,
    automerge: bool = False,
) -> Round:
    """A round on the forge that the environment says; nothing is written yet."""
    forge = forges.connect(root, environment)
    repo = Repo(root, forge.variables)
    base = forge.base(repo)
    return Round(root, repo, forge, base, date, limits or Limits(), automerge=automerge)
