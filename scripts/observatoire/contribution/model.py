"""The values of a contribution: what a visitor changed, what was noise, what needs a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from observatoire.model import Finding, Key
from observatoire.plan import Addition, Conflict, Edit
from observatoire.schema import Schema

Reason = Literal[
    "lignes-vides",
    "fins-de-ligne",
    "guillemets",
    "blancs",
    "undefined",
    "null",
    "nombres",
    "zeros",
    "ecriture",
    "retours",
    "ordre",
    "repetees",
    "perimees",
    "deja-fait",
]
"""Why a difference is no edit; ``words.REASONS`` says each in French."""


@dataclass(frozen=True, slots=True)
class Version:
    """The file as it stood in a commit."""

    ref: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Dropped:
    """Differences left aside for one reason, and how many."""

    reason: Reason
    count: int


@dataclass(frozen=True)
class Rules:
    """What is known of the file beside its content.

    ``names`` are what rows are called, for people. ``locked`` says, for a column that is not
    edited here, where to edit it; ``generated`` says it for the whole file. ``frozen`` are the
    cells that a person froze (key, column or ``*``), with the reason.
    """

    table: str
    file: str
    schema: Schema
    separator: str = ","
    names: Mapping[Key, str] = field(default_factory=dict)
    locked: Mapping[str, str] = field(default_factory=dict)
    frozen: Mapping[tuple[Key, str], str] = field(default_factory=dict)
    generated: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a visitor changed, carried to the current file; every tuple is in file order.

    ``edits`` and ``additions`` can be applied as they are. ``deletions`` and ``conflicts`` are
    questions, ``findings`` what could not be taken. ``version`` is what the visitor started from.
    """

    table: str
    version: str = ""
    edits: tuple[Edit, ...] = ()
    additions: tuple[Addition, ...] = ()
    deletions: tuple[Key, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything can be applied."""
        return bool(self.edits or self.additions)

    @property
    def asks(self) -> bool:
        """Whether a person must answer something."""
        return bool(self.deletions or self.conflicts or self.findings)

    @property
    def empty(self) -> bool:
        """True when there is nothing to apply and nothing to ask or to answer."""
        return not (self.changes or self.asks)
