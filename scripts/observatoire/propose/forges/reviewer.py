"""Every open request, forks included, and a mark beside its last commit: an optional capability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from observatoire.propose.forges import Forge, MergeRequest

Mark = Literal["vert", "rouge"]
LENGTH = 140
"""The longest text of a mark on GitHub; GitLab takes 255 characters."""


@dataclass(frozen=True, slots=True)
class Submission(MergeRequest):
    """An open request; ``foreign`` when it comes from a fork, where ``branch`` is the fork's."""

    foreign: bool


class Reviewer(Protocol):
    """The open requests of a project. Each method raises ForgeError."""

    def waiting(self) -> Sequence[Submission]:
        """The open requests to main, oldest first."""
        ...

    def mark(self, request: Submission, commit: str, name: str, state: Mark, said: str) -> bool:
        """Set the check ``name`` of a commit; whether that changed anything."""
        ...


def reviewer_of(forge: Forge) -> Reviewer | None:
    """The reviewer of a forge; None when its token writes no notes."""
    from observatoire.propose.forges.github_forge import GitHubForge
    from observatoire.propose.forges.github_reviewer import GitHubReviewer
    from observatoire.propose.forges.gitlab_forge import GitLabForge
    from observatoire.propose.forges.gitlab_reviewer import GitLabReviewer
    from observatoire.propose.forges.local import LocalForge
    from observatoire.propose.forges.local_reviewer import LocalReviewer
    from observatoire.propose.forges.push_forge import PushForge

    match forge:
        case LocalForge():
            return LocalReviewer(forge)
        case PushForge():
            return None
        case GitLabForge():
            return GitLabReviewer(forge.client)
        case GitHubForge():
            return GitHubReviewer(forge.client)
        case _:
            return None
