"""The issues that people open on a forge: an optional capability of a forge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from observatoire.propose.forges import Forge, Note


@dataclass(frozen=True, slots=True)
class Ticket:
    """An open issue that everybody may read; ``author`` is a handle, never a name."""

    number: int
    title: str
    body: str
    author: str
    labels: tuple[str, ...]
    place: str


class Tickets(Protocol):
    """The issues of a project. Each method is one call, whole or nothing; raises ForgeError."""

    def opened(self) -> Sequence[Ticket]:
        """The open issues, oldest first; never a confidential one: what it says stays there."""
        ...

    def label(self, number: int, names: Sequence[str]) -> None:
        """Put labels on."""
        ...

    def notes(self, number: int) -> Sequence[Note]:
        """The notes that the bot wrote under an issue, oldest first."""
        ...

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        ...


def tickets_of(forge: Forge) -> Tickets | None:
    """The issues of a forge; None when its token reads none."""
    from observatoire.propose.forges.github_forge import GitHubForge
    from observatoire.propose.forges.github_tickets import GitHubTickets
    from observatoire.propose.forges.gitlab_forge import GitLabForge
    from observatoire.propose.forges.gitlab_tickets import GitLabTickets
    from observatoire.propose.forges.local import LocalForge
    from observatoire.propose.forges.local_tickets import LocalTickets
    from observatoire.propose.forges.push_forge import PushForge

    match forge:
        case LocalForge():
            return LocalTickets(forge.folder)
        case PushForge():
            return None
        case GitLabForge():
            return GitLabTickets(forge.client)
        case GitHubForge():
            return GitHubTickets(forge.client)
        case _:
            return None
