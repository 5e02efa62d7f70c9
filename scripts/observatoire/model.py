"""The values that cross stage borders: findings about data, changes proposed to the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Row = Mapping[str, str]
"""One line of a table, column name to cell; every cell is a string, an empty cell is ``""``."""

Key = tuple[str, ...]
"""The cells of a table's primary key, in the order of its schema."""

Severity = Literal["erreur", "conseil"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in the data, worded for the person who can repair it.

    ``message`` is a French sentence that says what is wrong and what to write instead. ``line`` is
    the line in the file, header included (0: the whole file). ``fix`` is the cell to write, where
    it is certain. ``english`` is the same sentence in English, where a stage words it.
    """

    code: str
    message: str
    severity: Severity = "erreur"
    file: str = ""
    line: int = 0
    key: Key = ()
    field: str = ""
    label: str = ""
    fix: str | None = None
    english: str = ""

    def sentence(self) -> str:
        """The finding on one line: where, for which organisation, what, and what to write."""
        place = self.file + (f", ligne {self.line}" if self.line else "")
        if self.field:
            place += f", colonne « {self.field} »"
        about = f" ({self.label})" if self.label else ""
        return f"{place}{about} : {self.message}" if place else self.message


class Malformed(Exception):
    """Data that cannot be read at all; carries the findings that say why. Never a traceback."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(f.sentence() for f in findings))
        self.findings = findings


class SourceError(Exception):
    """One source, or one portal of it, that did not answer as it should; the others go on.

    The message is one French sentence with the cause, fit for a report.
    """


class Breakdown(Exception):
    """Git or a forge that did not do as it should; the message is French, without secrets."""


@dataclass(frozen=True, slots=True)
class Addition:
    """A line that a source brings to ``table``; ``why`` is the evidence, in French."""

    table: str
    key: Key
    row: Row
    why: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that a source moved and no person touched since: ``before`` becomes ``after``.

    ``why`` is the evidence in French, where the source has more to say than the value.
    """

    table: str
    key: Key
    field: str
    before: str
    after: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that both a source and a person moved: a question, never an overwrite."""

    table: str
    key: Key
    field: str
    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A publisher whose identity needs a person: ``siren`` is the candidate ("" without any).

    ``score`` is between 0 and 1, ``why`` is the evidence in French.
    """

    plateforme: str
    identifiant: str
    nom: str
    siren: str
    candidat: str
    score: float
    why: str
    url: str = ""
    nb_jeux: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one source would change in the register; the order of every tuple is stable.

    ``matches`` are the decisions applied without a question: (plateforme, identifiant, siren, why).
    ``left`` are publishers set aside, with the reason; ``anomalies`` are French sentences that
    turn the proposal into a draft. ``date`` is the day of the harvest, ISO. ``absents`` are the
    lines of publications whose account a complete answer lacks for the first time, ``revenus``
    those whose account is back. ``waiting`` are the lines of publications whose changes were taken
    out for another time: main's harvest must go on saying of them what it says.
    """

    source: str
    additions: tuple[Addition, ...] = ()
    edits: tuple[Edit, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    matches: tuple[tuple[str, str, str, str], ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    anomalies: tuple[str, ...] = ()
    date: str = ""
    absents: tuple[Key, ...] = ()
    revenus: tuple[Key, ...] = ()
    waiting: tuple[Key, ...] = ()

    @property
    def empty(self) -> bool:
        """True when there is nothing to propose, nothing to ask, and no absence to date."""
        changes = self.additions or self.edits or self.absents or self.revenus
        return not (changes or self.conflicts or self.doubts)
