"""Merging what nobody needs to read: numbers that a source measured, once the checks are green.

Off unless the operator says so; only the columns of ``share.TRUSTED``. A person who reverted such a
merge has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from observatoire.explain.requests import request_of
from observatoire.git import Commit, Repo
from observatoire.propose import marker
from observatoire.propose.bot import Outcome
from observatoire.propose.forges import Forge, MergeRequest, Raced
from observatoire.propose.forges.merger import Merger
from observatoire.propose.proposal import Proposal

LOOKED = 500
"""Commits of main in which a revert is looked for."""

DONE = ("ouverte", "actualisee", "inchangee")
REVERTED = re.compile(
    r"This reverts commit (?P<sha>[0-9a-f]{7,40})"
    r"|(?:This reverts merge request|Reverts) \S*(?P<ref>[!#]\d+)"
)
"""What Git, GitLab and GitHub write in the message of a revert."""


@dataclass(frozen=True)
class AutoMerge:
    """The merges that a bot makes from a clone, seen from a commit of main."""

    repo: Repo
    forge: Forge
    merger: Merger | None
    base: str

    def finish(self, outcome: Outcome, wish: Proposal | None) -> Outcome:
        """Merge the request of an outcome, if nothing stands against it; the outcome then."""
        if outcome.request is None or outcome.action not in DONE or wish is None:
            return outcome
        requests = self.forge.requests(wish.branch)
        request = next((r for r in requests if r.number == outcome.request.number), None)
        if request is None or request.state != "ouverte":
            return outcome
        against = self._against(request, requests, wish)
        if against or self.merger is None:
            return _not(outcome, against)
        try:
            self.merger.merge(request)
        except Raced as reason:
            return _not(outcome, str(reason))
        said = f"demande {request.number} fusionnée d'office, contrôles verts : {request.title}"
        return Outcome("fusionnee", said, request, True)

    def _against(
        self, request: MergeRequest, requests: Sequence[MergeRequest], wish: Proposal
    ) -> str:
        """Why a person must read this request; "" when nobody needs to."""
        if request.draft or not wish.volatile:
            return "il y a autre chose que des nombres"
        if self.merger is None:
            return "ce jeton ne peut pas fusionner"
        if self._reverted(requests, wish):
            return "une personne a défait la précédente"
        if not self._own(request):
            return "une personne a écrit dans la branche"
        checks = self.merger.checks(request)
        return "" if checks == "verts" else f"contrôles {checks}"

    def _own(self, request: MergeRequest) -> bool:
        """Whether the branch only holds the bot's commits."""
        if not request.head or self.repo.resolve(request.head) is None:
            return False
        people = self.repo.people(f"{self.base}..{request.head}")
        return people == {self.forge.whoami().email}

    def _reverted(self, requests: Sequence[MergeRequest], wish: Proposal) -> bool:
        """Whether the last merged request was undone, or the same cells are proposed again."""
        merged = [r for r in requests if r.state == "fusionnee"]
        keys = {known.key for r in merged if (known := marker.read(r.body))}
        if wish.key in keys:
            return True
        return bool(merged) and self._undone(max(merged, key=lambda r: r.number))

    def _undone(self, request: MergeRequest) -> bool:
        commits = self.repo.log("--first-parent", f"--max-count={LOOKED}", self.base)
        name = f"{self.forge.mark}{request.number}"
        shas = {c.sha for c in commits if _brings(c, request.head, name)} | {request.head}
        undone = (found for c in commits for found in REVERTED.finditer(c.body))
        return any(
            u["ref"] == name or any(s.startswith(u["sha"]) for s in shas if u["sha"])
            for u in undone
        )


def _not(outcome: Outcome, why: str) -> Outcome:
    """The outcome of a request that waits for a person."""
    said = f"{outcome.sentence.rstrip('.')}. Pas de fusion d'office : {why.rstrip('.')}."
    return replace(outcome, sentence=said)


def _brings(commit: Commit, head: str, name: str) -> bool:
    """Whether a commit of main brought a request there."""
    named = request_of(f"{commit.subject}\n\n{commit.body}") == name
    return named or (bool(head) and head in commit.parents)
