"""Where a forge keeps the bot's dashboard: an optional capability of a forge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from observatoire.propose.forges import Forge


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue that the bot itself opened; ``open`` unless a person closed it."""

    number: int
    title: str
    body: str
    open: bool
    place: str


class Board(Protocol):
    """The issues of a project. Each method is one call, whole or nothing; raises ForgeError."""

    def find(self, mark: str) -> Issue | None:
        """The oldest issue of the bot that has this line, open or not."""
        ...

    def create(self, title: str, body: str) -> Issue:
        """A new issue."""
        ...

    def rewrite(self, issue: Issue, title: str, body: str) -> None:
        """Give an issue another text."""
        ...


def board_of(forge: Forge) -> Board | None:
    """The board of a forge; None when its token writes no issues."""
    from observatoire.propose.forges.github_board import GitHubBoard
    from observatoire.propose.forges.github_forge import GitHubForge
    from observatoire.propose.forges.gitlab_board import GitLabBoard
    from observatoire.propose.forges.gitlab_forge import GitLabForge
    from observatoire.propose.forges.local import LocalForge
    from observatoire.propose.forges.local_board import LocalBoard
    from observatoire.propose.forges.push_forge import PushForge

    match forge:
        case LocalForge():
            return LocalBoard(forge.folder)
        case PushForge():
            return None
        case GitLabForge():
            return GitLabBoard(forge.client)
        case GitHubForge():
            return GitHubBoard(forge.client)
        case _:
            return None
