"""Where a forge shows versions with their files: an optional capability of a forge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from observatoire.propose.forges import Forge


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a version is to be shown as; ``body`` is Markdown. Its tag is already on the forge."""

    tag: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Posted:
    """Where people read a version, and where they always find the last one."""

    place: str
    latest: str


class Shelf(Protocol):
    """The versions of a project. Each method is one call, whole or nothing; raises ForgeError."""

    title: str

    def held(self, tag: str, names: Sequence[str]) -> Mapping[str, str]:
        """The files that are there, with their SHA-256 ("": the forge does not say)."""
        ...

    def begin(self, wish: Announcement) -> None:
        """Make room for a version, if there is none; readers see nothing of it yet."""
        ...

    def put(self, tag: str, name: str, content: bytes) -> None:
        """Add a file that is not there."""
        ...

    def finish(self, wish: Announcement, names: Sequence[str]) -> Posted:
        """Show the version with its files; one that is already shown keeps its words."""
        ...


def shelf_of(forge: Forge) -> Shelf | None:
    """The shelf of a forge; None when it has none."""
    from observatoire.propose.forges.github_forge import GitHubForge
    from observatoire.propose.forges.github_shelf import GitHubShelf
    from observatoire.propose.forges.gitlab_forge import GitLabForge
    from observatoire.propose.forges.gitlab_shelf import GitLabShelf
    from observatoire.propose.forges.local import LocalForge
    from observatoire.propose.forges.local_shelf import LocalShelf

    match forge:
        case LocalForge():
            return LocalShelf(forge.folder)
        case GitLabForge():
            return GitLabShelf(forge.client)
        case GitHubForge():
            return GitHubShelf(forge.client)
        case _:
            return None
