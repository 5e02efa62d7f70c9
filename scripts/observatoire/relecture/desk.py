"""The trusted reading of every open request: its files sorted, its tables examined, its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from observatoire.git import GitError, Repo
from observatoire.model import Finding, Malformed
from observatoire.propose import notes
from observatoire.propose.forges import Forge
from observatoire.propose.forges.reviewer import Mark, Reviewer, Submission
from observatoire.relecture import entries, sorting, trial
from observatoire.relecture.quarantine import Leashed, quarantine, unbearable
from observatoire.relecture.verdict import CONTEXT, Verdict

TOPIC, KIND = "relecture", "verdict"
OWN = "bot-"
"""How the branches of the bot itself start."""


@dataclass(frozen=True)
class Desk:
    """Where requests are read, on a day: ``main`` is the commit that judges them."""

    repo: Repo
    forge: Forge
    main: trial.Main
    base: str
    today: date

    def read(self, request: Submission) -> Verdict | None:
        """The verdict on a request as it stands; None when its commits are gone."""
        with quarantine(self.repo, self.base, self.forge.variables) as apart:
            try:
                tip = apart.bring(self.forge.remote, request.kept)
                return None if tip is None else self._judge(apart, tip)
            except Malformed as refusal:
                return Verdict(request.head, self.forge.target, refused=refusal.findings)

    def _judge(self, apart: Leashed, tip: str) -> Verdict:
        """The verdict; once the commits are here, only they can make git fail."""
        try:
            return self._judged(apart, tip)
        except GitError:
            raise unbearable() from None

    def _judged(self, apart: Leashed, tip: str) -> Verdict:
        start = apart.merge_base(self.base, tip)
        if start is None:
            raise Malformed(_foreign())
        found = sorting.sort(entries.changed(apart, start, tip))
        merged = trial.merge(apart, self.main, found.tables)
        report = trial.examine(self.main, merged.changes, self.today) if merged.changes else None
        refused = (*found.findings, *merged.findings)
        return Verdict(tip, self.forge.target, report, refused, found.outside)


def tell(forge: Forge, reviewer: Reviewer, request: Submission, verdict: Verdict) -> bool:
    """Write the note and the line where they changed; whether anything was written.

    A request of the bot that has no error gets no note: its own text says all.
    """
    own = not request.foreign and request.branch.startswith(OWN) and not verdict.errors
    silent = own and not any(TOPIC in note.body for note in forge.notes(request.number))
    wrote = not silent and notes.say(forge, request, TOPIC, KIND, verdict.note)
    state: Mark = "rouge" if verdict.errors else "vert"
    return reviewer.mark(request, verdict.commit, CONTEXT, state, verdict.line) or wrote


def _foreign() -> Finding:
    return Finding(
        "autre-depot",
        "cette demande n'a aucun commit en commun avec le registre : partez d'une copie (« fork »)"
        " du projet.",
    )
