"""What is proposed from a contribution: the tidy file on the bot's branch, with its words."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.contribution.branch import Visit
from observatoire.contribution.heading import title
from observatoire.contribution.model import Contribution, Rules
from observatoire.contribution.report import body
from observatoire.contribution.tidy import tidy
from observatoire.french import counted, day
from observatoire.plan import Plan
from observatoire.propose import marker
from observatoire.propose.proposal import Proposal
from observatoire.table import Table

LABEL = "contribution"
WARNING = (
    "**Brouillon : c'est beaucoup de changements pour une page. Un fichier a sans doute été déposé"
    " à la place de la table ; vérifiez avant de fusionner.**"
)
MASS = 200
"""Changes; nobody types that many in a page: a file was uploaded over the table."""


@dataclass(frozen=True)
class Answer:
    """A contribution in words: for the bot's request, and for the visitor's own."""

    visit: Visit
    contribution: Contribution
    rules: Rules
    message: str = ""

    @property
    def title(self) -> str:
        """The title of the request."""
        return title(self.contribution, self.rules)

    @property
    def body(self) -> str:
        """The description of the request."""
        head = origin(self.visit, self.rules)
        if massive(self.contribution):
            head = f"{head}\n\n{WARNING}"
        return body(self.contribution, self.rules, head, self.message)

    @property
    def commit(self) -> str:
        """The message of the tidy commit: nothing in it was typed by the visitor.

        A forge obeys some words of a message (it closes issues, skips checks).
        """
        edits, added = self.contribution.edits, len(self.contribution.additions)
        said = [counted(len(edits), "correction")] if edits else []
        said += [counted(added, "ajout")] if added else []
        fields = [f"- {name}" for name in dict.fromkeys(e.field for e in edits)]
        head = f"contribution({self.rules.table}) : {', '.join(said)}"
        source = f"Source: Datami, branche {self.visit.branch}"
        return "\n".join([head, "", *fields, *([""] if fields else []), source, ""])

    def proposal(self, current: Table) -> Proposal | None:
        """What to propose; None when there is nothing to apply."""
        if not self.contribution.changes:
            return None
        plan = Plan(
            source="datami",
            additions=self.contribution.additions,
            edits=self.contribution.edits,
        )
        return Proposal(
            topic=self.visit.topic,
            title=self.title,
            body=self.body,
            stable=self.body,
            message=self.commit,
            changes={self.rules.file: tidy(current, self.rules.schema, self.contribution)},
            key=marker.key_of(plan),
            labels=(LABEL,),
            draft=massive(self.contribution),
        )


def massive(contribution: Contribution) -> bool:
    """Whether a person must look before anything is merged."""
    return len(contribution.edits) + len(contribution.additions) > MASS


def origin(visit: Visit, rules: Rules) -> str:
    """Where a contribution comes from, on one line."""
    return f"Contribution faite avec Datami le {day(visit.date)}, dans `{rules.file}`."
