"""What a source or a person would change in the register, as values that cross stage borders."""

from __future__ import annotations

from dataclasses import dataclass

from observatoire.model import Key, Row


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

    ``why`` is the evidence in French, where the source has more to say than the value. ``account``
    is the id that the source gives, where a person keeps the line under another one.
    """

    table: str
    key: Key
    field: str
    before: str
    after: str
    why: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that both a source and a person moved: a question, never an overwrite.

    ``account`` is as in an edit.
    """

    table: str
    key: Key
    field: str
    base: str
    ours: str
    theirs: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class Possible:
    """One of several bodies that a publisher may be; ``type`` and ``departement`` are codes."""

    siren: str
    nom: str
    type: str
    departement: str
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A publisher whose identity needs a person: ``siren`` is the only candidate, or "".

    ``score`` is between 0 and 1, ``why`` is the evidence in French. ``possibles`` are the
    candidates, likeliest first, where there are several.
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
    possibles: tuple[Possible, ...] = ()

    @property
    def sirens(self) -> tuple[str, ...]:
        """The candidates; none for a publisher that resembles nobody."""
        return tuple(p.siren for p in self.possibles) or ((self.siren,) if self.siren else ())


@dataclass(frozen=True, slots=True)
class Plan:
    """What one source would change in the register; the order of every tuple is stable.

    ``matches`` are the decisions applied without a question: (plateforme, identifiant, siren, why).
    ``left`` are publishers set aside, with the reason; ``anomalies`` are French sentences that
    turn the proposal into a draft. ``date`` is the day of the harvest, ISO. ``absents`` are the
    lines of publications whose account a complete answer lacks for the first time, ``revenus``
    those whose account is back. ``waiting`` are the lines of publications whose changes were taken
    out for another time: main's harvest must go on saying of them what it says. ``later`` are the
    questions kept for another time: main's harvest does not know their accounts yet.
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
    later: tuple[Doubt, ...] = ()

    @property
    def empty(self) -> bool:
        """True when there is nothing to propose, nothing to ask, and no absence to date."""
        changes = self.additions or self.edits or self.absents or self.revenus
        return not (changes or self.conflicts or self.doubts)
