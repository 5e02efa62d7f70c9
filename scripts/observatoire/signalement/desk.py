"""The reading of people's issues: one request or one note each, never twice the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from observatoire.git import Tree
from observatoire.model import Breakdown, Malformed
from observatoire.propose import marker, notes
from observatoire.propose.bot import Bot, Outcome
from observatoire.propose.forges.tickets import Ticket, Tickets
from observatoire.propose.proposal import Proposal
from observatoire.register import Register
from observatoire.signalement import words
from observatoire.signalement.answer import Answer, topic_of
from observatoire.signalement.book import Book
from observatoire.signalement.forms import discover, forms
from observatoire.signalement.model import LABEL, Reading
from observatoire.signalement.proof import prove
from observatoire.signalement.reading import read

MOST_NEW = 20
"""Proposals opened in one run: anybody may open a thousand issues."""
MOST_SAID = 100
"""Issues that get a word in one run; a forge takes sixty notes a minute."""
MOST_READ = 1000
"""Reported issues that are read in one run, the oldest first: past that, nobody sorts them."""
BRANCH = re.compile(r"refs/heads/bot-signalement-([0-9]{1,9})\Z")
EVERY = "refs/heads/bot-signalement-*"
NOTE = "signalement"
WITHDRAWN = (
    "Le ticket #{number} ne demande plus cela (fermé, modifié, ou le registre le dit déjà) : je"
    " retire cette proposition."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about an issue: its number, a French sentence, whether a person must look."""

    number: int
    sentence: str
    trouble: bool = False


@dataclass
class Desk:
    """Where reported issues are read; ``bot`` builds on main.

    ``new`` counts the requests that this run opened, ``said`` the notes that it wrote; ``keys`` is
    what was proposed, by the first issue that asked for it.
    """

    bot: Bot
    tickets: Tickets
    new: int = 0
    said: int = 0
    keys: dict[str, int] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        """The register as main has it."""
        return Book(Register(Tree(self.bot.repo, self.bot.base)), self.bot.date)

    @cached_property
    def opened(self) -> list[Ticket]:
        """The open issues, the oldest first."""
        return list(self.tickets.opened())

    def reports(self) -> list[tuple[Ticket, Reading]]:
        """The open issues that follow a form, the oldest first."""
        known = forms()
        found = ((t, read(t.body, t.labels, known)) for t in self.opened)
        return [(t, reading) for t, reading in found if reading]

    def examine(self, ticket: Ticket, reading: Reading) -> Answer:
        """What an issue becomes; nothing is written."""
        decision = discover()[reading.form.kind].decide(reading, self.book)
        proof = prove(decision, self.book) if decision.changes else None
        return Answer(ticket, reading, decision, proof)

    def settle_all(self, *, only: bool = False) -> Iterator[Done]:
        """Answer every report, then withdraw what closed issues had brought.

        ``only``: ``opened`` holds some of the issues, of the others nothing is known.
        """
        reports = self.reports()
        for ticket, reading in reports[:MOST_READ]:
            if self.said >= MOST_SAID:
                yield Done(ticket.number, "et les suivants attendent la prochaine fois.")
                break
            try:
                yield self.settle(ticket, reading)
            except Malformed as problem:
                yield Done(ticket.number, problem.findings[0].sentence(), trouble=True)
            except Breakdown as problem:
                yield Done(ticket.number, str(problem), trouble=True)
        if not only:
            yield from self.withdraw({ticket.number for ticket, _ in reports})

    def settle(self, ticket: Ticket, reading: Reading) -> Done:
        """Bring the request of an issue, its labels and its note up to date."""
        answer = self.examine(ticket, reading)
        labels = {LABEL, reading.form.kind} - set(ticket.labels)
        if labels:
            self.tickets.label(ticket.number, sorted(labels))
        said, sentence, trouble = self._act(answer)
        line = marker.note_line(topic_of(ticket.number), NOTE)
        self.said += notes.keep(self.tickets, ticket.number, line, said)
        return Done(ticket.number, sentence, trouble)

    def _act(self, answer: Answer) -> tuple[str, str, bool]:
        """Propose or withdraw; what to tell the author, what was done, whether it went wrong."""
        wish, number = answer.proposal(), answer.ticket.number
        twin = self.keys.setdefault(wish.key, number) if wish else 0
        if wish and twin != number:
            self._settle(number, None)
            return words.twin(twin), f"demande la même chose que le ticket {twin}.", False
        if wish and self._late(wish):
            return words.late(), "attend : assez de propositions pour cette fois.", False
        outcome = self._settle(number, wish)
        self.new += outcome.action == "ouverte"
        if wish:
            said = words.proposed(outcome, self.bot.forge.mark)
            return said, outcome.sentence, outcome.action == "arret"
        return (*told(answer), False)

    def _late(self, wish: Proposal) -> bool:
        """Whether a new proposal must wait."""
        if self.new < MOST_NEW:
            return False
        return not any(r.state == "ouverte" for r in self.bot.forge.requests(wish.branch))

    def withdraw(self, still: Collection[int]) -> Iterator[Done]:
        """Close the requests of issues other than these: closed, hidden, without a form now."""
        refs = self.bot.repo.line("ls-remote", self.bot.forge.remote, EVERY)
        for line in refs.splitlines():
            found = BRANCH.search(line)
            if found and int(found[1]) not in still:
                outcome = self._settle(int(found[1]), None)
                if outcome.wrote:
                    yield Done(int(found[1]), f"n'est plus ouvert ; {outcome.sentence}")

    def _settle(self, number: int, wish: Proposal | None) -> Outcome:
        """Bring the request of an issue to what is wished; None withdraws it, with a word."""
        bot = replace(self.bot, needless=WITHDRAWN.format(number=number))
        return bot.settle(topic_of(number), wish)


def told(answer: Answer) -> tuple[str, str]:
    """What the author of an issue without proposal is told, and what is said of it here."""
    if answer.asks:
        return words.missing(answer.asks), "il manque des réponses, demandées à son auteur."
    if answer.decision.known:
        return words.known(answer.decision.known), "le registre le dit déjà."
    said = answer.decision.human or "Le robot ne sait pas en faire une proposition."
    return words.human(said), "à lire par une personne."
