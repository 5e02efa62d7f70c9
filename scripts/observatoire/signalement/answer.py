"""What a report becomes: the request, in words and in lines; or what its author is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from observatoire.contribution import report
from observatoire.contribution.allowed import hidden
from observatoire.contribution.heading import title
from observatoire.contribution.report import CELL
from observatoire.french import counted
from observatoire.model import Finding
from observatoire.plan import Plan
from observatoire.propose import marker
from observatoire.propose.forges.tickets import Ticket
from observatoire.propose.markdown import text
from observatoire.propose.proposal import Proposal
from observatoire.register import path_of
from observatoire.signalement.model import LABEL, Ask, Decision, Reading
from observatoire.signalement.proof import Proof
from observatoire.signalement.reading import addresses
from observatoire.validate.reports.markdown import sentence

URL = 300
SHOWN = 8


def topic_of(number: int) -> str:
    """The topic of an issue, the same for ever: its branch is ``bot-signalement-12``."""
    return f"signalement-{number}"


@dataclass(frozen=True)
class Answer:
    """An issue, what it says, what was decided, and what the checks say of that."""

    ticket: Ticket
    reading: Reading
    decision: Decision
    proof: Proof | None

    @property
    def asks(self) -> Sequence[Ask]:
        """What the author must write."""
        unclear = self.reading.unclear.items()
        asks = [Ask(self.reading.form.title_of(name), f"{said}.") for name, said in unclear]
        asks += self.decision.missing
        if not asks and self.proof:
            asks += [_refusal(f, self.proof) for f in self.proof.refused]
        return asks

    @property
    def ready(self) -> bool:
        """Whether there is something to propose."""
        return bool(self.decision.changes and self.proof and not self.asks)

    def proposal(self) -> Proposal | None:
        """The request; None when there is nothing to propose."""
        if not self.ready or self.proof is None:
            return None
        plan = Plan(LABEL, additions=self.decision.additions, edits=self.decision.edits)
        body = "\n".join(self._body(self.proof)) + "\n"
        return Proposal(
            topic=topic_of(self.ticket.number),
            title=title(*self.proof.parts[0]),
            body=body,
            stable=body,
            message=self._message(),
            changes=self.proof.changes,
            key=marker.key_of(plan),
            labels=(LABEL, self.reading.form.kind),
        )

    def _message(self) -> str:
        """The message of the commit: nothing in it was typed by the author."""
        edits, added = self.decision.edits, self.decision.additions
        said = [counted(len(edits), "correction")] if edits else []
        said += [counted(len(added), "ajout")] if added else []
        tables = ", ".join(dict.fromkeys(c.table for c in self.decision.all))
        return f"signalement({tables}) : {', '.join(said)}\n\nSource: ticket {self.ticket.number}\n"

    def _body(self, proof: Proof) -> Iterator[str]:
        number = self.ticket.number
        yield f"Signalé par l'utilisateur {handle(self.ticket.author)} dans #{number}."
        for url in self._evidence():
            yield f"- Preuve donnée : {text(url, URL)}"
        for contribution, rules in proof.parts:
            yield from ("", report.body(contribution, rules, f"Dans `{rules.file}` :").rstrip())
        remarks = [sentence(hidden(r)) for r in self.decision.remarks]
        remarks += [sentence(hidden(f.sentence())) for f in proof.advice[:SHOWN]]
        if remarks:
            yield from ("", "### À vérifier", "", *(f"- {said}" for said in remarks))
        yield from ("", "Les contrôles n'y trouvent aucune erreur.", "", f"Closes #{number}")

    def _evidence(self) -> list[str]:
        pages = [u for name in ("preuve", "page") for u in addresses(self.reading.get(name))]
        return list(dict.fromkeys(hidden(u) for u in pages))


def handle(author: str) -> str:
    """Who opened an issue, credited without being called: « jeanne », or as code."""
    said = text(author)
    return said if said.startswith("`") else f"« {said} »"


def _refusal(finding: Finding, proof: Proof) -> Ask:
    """What a check refuses, under the title of the column that it is about."""
    for _, rules in proof.parts:
        if finding.file == path_of(rules.table) and finding.field in rules.schema.columns:
            return Ask(rules.schema.field(finding.field).title, finding.message)
    return Ask("Vérification", finding.message)


def shown(ask: Ask) -> str:
    """What an author must write, as a line of Markdown."""
    return f"- **{text(ask.title, CELL)}** : {sentence(hidden(ask.said))}"
