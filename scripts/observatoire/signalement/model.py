"""The values of a reported issue: its form, what its author wrote, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from observatoire.letters import fold
from observatoire.plan import Addition, Edit

LABEL = "signalement"
"""The label of every issue that follows a form, and of the request that comes of it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One heading of a form; ``choices`` are (code, sentence) where one of them must be ticked."""

    name: str
    title: str
    hint: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of report: ``kind`` is a label too, ``file`` the name of its templates."""

    kind: str
    title: str
    about: str
    questions: tuple[Question, ...]

    def titled(self, heading: str) -> Question | None:
        """The question that a heading asks, whatever its case, accents and punctuation."""
        wanted = fold(heading)
        return next((q for q in self.questions if fold(q.title) == wanted), None)

    def title_of(self, name: str) -> str:
        """The heading of a question."""
        return next(q.title for q in self.questions if q.name == name)


@dataclass(frozen=True, slots=True)
class Reading:
    """What an author wrote under each heading: one line, "" for nothing; codes for choices.

    ``unclear`` are the questions whose answer cannot be read, with the reason.
    """

    form: Form
    values: Mapping[str, str]
    unclear: Mapping[str, str]

    def get(self, name: str) -> str:
        """An answer; "" without any."""
        return self.values.get(name, "")


@dataclass(frozen=True, slots=True)
class Ask:
    """What an author must write: under which heading, and what."""

    title: str
    said: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What comes of a report: changes to propose, or sentences.

    ``missing`` is what the author must write; ``known`` that the register says it already;
    ``human`` why only a person can deal with it. ``remarks`` are for who reads the proposal.
    """

    edits: tuple[Edit, ...] = ()
    additions: tuple[Addition, ...] = ()
    missing: Sequence[Ask] = ()
    known: str = ""
    human: str = ""
    remarks: Sequence[str] = ()

    @property
    def all(self) -> Sequence[Addition | Edit]:
        """Every change, additions first."""
        return (*self.additions, *self.edits)

    @property
    def changes(self) -> bool:
        """Whether there is something to propose."""
        return bool(self.edits or self.additions) and not (self.missing or self.human)


def ask(title: str, said: str) -> Decision:
    """The decision that lacks one answer."""
    return Decision(missing=(Ask(title, said),))
