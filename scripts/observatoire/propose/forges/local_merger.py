"""Merging on the local forge: its checks are those of `observatoire validate`, run here."""

from __future__ import annotations

from datetime import date as Date

from observatoire.git import MergeConflict, Repo, Tree
from observatoire.propose.forges import MergeRequest, Raced
from observatoire.propose.forges.local import LocalForge
from observatoire.propose.forges.merger import Checks
from observatoire.register import Register


class LocalMerger:
    """The merges of the local forge, from a clone, on a day."""

    def __init__(self, forge: LocalForge, repo: Repo, date: str) -> None:
        self.forge = forge
        self.repo = repo
        self.date = date

    def checks(self, request: MergeRequest) -> Checks:
        """The verdict on what main would be; only what the request changes is blamed on it."""
        from observatoire.validate import engine

        main = self.forge.base(self.repo)
        try:
            after = Register(Tree(self.repo, self.repo.merged_tree(main, request.head)))
        except MergeConflict:
            return "rouges"
        names, _ = engine.select(after, [])
        before = Register(Tree(self.repo, main))
        report = engine.run(after, Date.fromisoformat(self.date), names, before)
        return "rouges" if report.errors else "verts"

    def merge(self, request: MergeRequest) -> None:
        """Merge, as the bot."""
        if self.forge.get(request.number).head != request.head:
            raise Raced(f"la demande {request.number} vient de changer.")
        try:
            self.forge.merge(request.number, self.forge.whoami(), self.date)
        except MergeConflict as conflict:
            raise Raced(f"conflit dans {', '.join(conflict.paths)}.") from None
