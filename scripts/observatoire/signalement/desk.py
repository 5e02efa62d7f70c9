"""The reading of people's issues: one request or one note each, never twice the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
MOST_READ = 200
"""Reported issues that are answered in one run, the oldest first."""
BRANCH = re.compile(r"refs/heads/bot-signalement-([0-9]{1,9})\Z")
EVERY = "refs/heads/bot-signalement-*"
NOTE = "signalement"
CLOSED = "Le ticket #{number} est fermé : je retire cette proposition."


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about an issue: its number, a French sentence, whether a person must look."""

    number: int
    sentence: str
    trouble: bool = False


@dataclass
class Desk:
    """Where reported issues are read; ``bot`` builds on main, ``new`` counts what it opened."""

    bot: Bot
    tickets: Tickets
    new: int = 0
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
        return [(t, reading) for t, reading in found if reading][:MOST_READ]

    def examine(self, ticket: Ticket, reading: Reading) -> Answer:
        """What an issue becomes; nothing is written."""
        decision = discover()[reading.form.kind].decide(reading, self.book)
        proof = prove(decision, self.book) if decision.changes else None
        return Answer(ticket, reading, decision, proof)

    def settle_all(self, *, only: bool = False) -> Iterator[Done]:
        """Answer every report, then withdraw what closed issues had brought.

        ``only``: ``opened`` holds some of the issues, of the others nothing is known.
        """
        for ticket, reading in self.reports():
            try:
                yield self.settle(ticket, reading)
            except Malformed as problem:
                yield Done(ticket.number, problem.findings[0].sentence(), trouble=True)
            except Breakdown as problem:
                yield Done(ticket.number, str(problem), trouble=True)
        if not only:
            yield from self.withdraw()

    def settle(self, ticket: Ticket, reading: Reading) -> Done:
        """Bring the request of an issue, its labels and its note up to date."""
        answer = self.examine(ticket, reading)
        labels = {LABEL, reading.form.kind} - set(ticket.labels)
        if labels:
            self.tickets.label(ticket.number, sorted(labels))
        said, sentence, trouble = self._act(answer)
        line = marker.note_line(topic_of(ticket.number), NOTE)
        notes.keep(self.tickets, ticket.number, line, said)
        return Done(ticket.number, sentence, trouble)

    def _act(self, answer: Answer) -> tuple[str, str, bool]:
        """Propose or withdraw; what to tell the author, what was done, whether it went wrong."""
        wish = answer.proposal()
        twin = self.keys.setdefault(wish.key, answer.ticket.number) if wish else 0
        if wish and twin != answer.ticket.number:
            self._bot(answer.ticket.number).settle(topic_of(answer.ticket.number), None)
            return words.twin(twin), f"demande la même chose que le ticket {twin}.", False
        if wish and self._late(wish):
            return words.late(), "attend : assez de propositions pour cette fois.", False
        outcome = self._bot(answer.ticket.number).settle(topic_of(answer.ticket.number), wish)
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

    def withdraw(self) -> Iterator[Done]:
        """Close the requests of issues that are no longer open."""
        still = {t.number for t in self.opened}
        refs = self.bot.repo.line("ls-remote", self.bot.forge.remote, EVERY)
        for line in refs.splitlines():
            found = BRANCH.search(line)
            if found and int(found[1]) not in still:
                outcome = self._withdrawn(int(found[1]))
                if outcome.wrote:
                    yield Done(int(found[1]), f"fermé ; {outcome.sentence}")

    def _withdrawn(self, number: int) -> Outcome:
        return self._bot(number).settle(topic_of(number), None)

    def _bot(self, number: int) -> Bot:
        """The bot, with what it says under a request whose issue was closed."""
        if any(t.number == number for t in self.opened):
            return self.bot
        return replace(self.bot, needless=CLOSED.format(number=number))


def told(answer: Answer) -> tuple[str, str]:
    """What the author of an issue without proposal is told, and what is said of it here."""
    if answer.asks:
        return words.missing(answer.asks), "il manque des réponses, demandées à son auteur."
    if answer.decision.known:
        return words.known(answer.decision.known), "le registre le dit déjà."
    said = answer.decision.human or "Le robot ne sait pas en faire une proposition."
    return words.human(said), "à lire par une personne."
