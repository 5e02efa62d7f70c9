"""Merging without a person: an optional capability of a forge."""

from __future__ import annotations

from typing import Literal, Protocol

from observatoire.git import Repo
from observatoire.propose.forges import Forge, MergeRequest

Checks = Literal["verts", "rouges", "en cours", "absents"]
"""What the checks of a request's last commit say; without any check, nothing is known."""


class Merger(Protocol):
    """The merges of a project. Each method raises ForgeError."""

    def checks(self, request: MergeRequest) -> Checks:
        """What the checks of the request's last commit say."""
        ...

    def merge(self, request: MergeRequest) -> None:
        """Merge the very commit that was read; Raced when it moved, or cannot be merged now."""
        ...


def merger_of(forge: Forge, repo: Repo, date: str) -> Merger | None:
    """The merger of a forge, from a clone, on a day; None when its token cannot merge."""
    from observatoire.propose.forges.github_forge import GitHubForge
    from observatoire.propose.forges.github_merger import GitHubMerger
    from observatoire.propose.forges.gitlab_forge import GitLabForge
    from observatoire.propose.forges.gitlab_merger import GitLabMerger
    from observatoire.propose.forges.local import LocalForge
    from observatoire.propose.forges.local_merger import LocalMerger
    from observatoire.propose.forges.push_forge import PushForge

    match forge:
        case LocalForge():
            return LocalMerger(forge, repo, date)
        case PushForge():
            return None
        case GitLabForge():
            return GitLabMerger(forge.client)
        case GitHubForge():
            return GitHubMerger(forge.client)
        case _:
            return None
