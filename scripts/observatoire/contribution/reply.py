"""Answering a visitor on the forge: the tidy request, and a word under the one that Datami opened.

Datami's own request is never merged: its commits hold a whole file, stale rows and personal data.
It is closed as soon as the tidy one says all of it, rewritten in words while a person must answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from observatoire.contribution.answer import LABEL, Answer
from observatoire.contribution.branch import retarget, target
from observatoire.contribution.desk import Case
from observatoire.propose import notes
from observatoire.propose.bot import Bot, Outcome
from observatoire.propose.forges import MergeRequest, Wish

KIND = "contribution"
GRACE_DAYS = 7
OPENED = ("ouverte", "actualisee", "inchangee")


@dataclass(frozen=True)
class Reply:
    """The bot that answers."""

    bot: Bot

    def give(self, case: Case) -> Outcome:
        """Bring the tidy request up to date, then the visitor's own."""
        answer = case.answer
        outcome = self.bot.settle(answer.visit.topic, answer.proposal(case.current))
        for request in self.bot.forge.requests(answer.visit.branch):
            if request.state == "ouverte":
                self._tell(request, answer, outcome)
        return outcome

    def clean(self, case: Case) -> bool:
        """Delete the visitor's branch on the forge once it is dead; whether it was."""
        forge, branch = self.bot.forge, case.answer.visit.branch
        tip = self.bot.repo.remote_ref(forge.remote, f"refs/heads/{branch}")
        if tip is None or not dead(case, forge.requests(branch), self.bot.date):
            return False
        self.bot.repo.push(forge.remote, "", f"refs/heads/{branch}", tip)
        return True

    def _tell(self, request: MergeRequest, answer: Answer, outcome: Outcome) -> None:
        """Say in the visitor's request what became of it; close it when nothing is left to ask."""
        forge = self.bot.forge
        done = outcome.action in OPENED
        taken = f"{forge.mark}{outcome.request.number}" if done and outcome.request else ""
        said = said_to(answer, taken)
        aimed = target(request.title, request.body) or request.target
        if moved := retarget(aimed, {forge.target}, forge.target):
            said += f" La page lisait une version publiée : les corrections vont dans `{moved}`."
        notes.say(forge, request, answer.visit.topic, KIND, said)
        if done or answer.contribution.empty:
            forge.close(request.number, answer.body, self.bot.date)
        elif (request.title, request.body.strip()) != (answer.title, answer.body.strip()):
            forge.update(request.number, Wish(answer.title, answer.body, (LABEL,)))


def dead(case: Case, requests: Sequence[MergeRequest], today: str) -> bool:
    """Whether a visitor's branch can go: nothing in it is left to take, and the visit is over.

    A page that stays open goes on sending to the same branch, hence the days of grace.
    """
    visit = case.answer.visit
    age = date.fromisoformat(today) - date.fromisoformat(visit.date)
    asked = any(r.state == "ouverte" for r in requests)
    return case.answer.contribution.empty and not asked and age.days >= GRACE_DAYS


def said_to(answer: Answer, taken: str) -> str:
    """What the visitor is told; ``taken`` names the request that takes the corrections up."""
    if taken:
        asked = answer.contribution.conflicts or answer.contribution.deletions
        more = " Il y reste une question pour vous." if asked else ""
        return (
            f"Merci ! Vos corrections sont reprises dans la demande {taken}, sans ce que Datami a"
            f" réécrit de lui-même.{more} Une personne va la relire ; celle-ci est fermée."
        )
    if answer.contribution.empty:
        return (
            "Merci ! La page a été envoyée sans correction, ou le registre les a déjà toutes : il"
            " n'y a rien à relire, cette demande est fermée."
        )
    if answer.contribution.changes:
        return "Merci ! Ces corrections attendent une réponse de l'équipe."
    return (
        "Merci ! Rien n'a pu être appliqué tel quel : la description ci-dessus dit pourquoi, et ce"
        " qu'il faut faire."
    )
