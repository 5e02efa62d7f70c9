"""What a version brings since the last one: tables that moved, organisations that moved."""

from __future__ import annotations

from dataclasses import dataclass, field

from observatoire.files import Files, Memory
from observatoire.git import Repo
from observatoire.publish import differences, history
from observatoire.publish.compatibility import Level
from observatoire.publish.differences import TableChange
from observatoire.publish.history import Published
from observatoire.publish.moves import Move, moves
from observatoire.register import Register

TAKEN_UP = ("publication/flux/", "publication/CHANGEMENTS.md")
"""What a version goes on with, of the one before: its feeds, its notes."""


@dataclass(frozen=True)
class News:
    """``last`` is the tag before ("": none); ``past`` holds what is taken up of its files."""

    last: str = ""
    changes: tuple[TableChange, ...] = ()
    moved: tuple[Move, ...] = ()
    past: Files = field(default_factory=Memory)

    @property
    def level(self) -> Level:
        """The part of the number that moves."""
        return max((c.level for c in self.changes), default=Level.NONE)

    @property
    def schema(self) -> Level:
        """How much the schemas changed."""
        return max((c.schema for c in self.changes), default=Level.NONE)


def since(repo: Repo, last: Published | None, now: Register) -> News:
    """The news of a register since the last version; raises Malformed."""
    if last is None:
        return News()
    past = history.load(repo, last.commit, TAKEN_UP)
    before = Register(history.load(repo, last.commit, ("data/", "schemas/")))
    changes = differences.changes(before, now)
    return News(last.tag, tuple(changes), tuple(moves(before, now)) if changes else (), past)
