"""The workshop of a forge; None where there is nothing to set."""

from __future__ import annotations

from observatoire.propose.forges import Forge
from observatoire.setup.model import Workshop


def workshop_of(forge: Forge) -> Workshop | None:
    """The workshop of a forge; None for the local one, and for a token that only pushes."""
    from observatoire.propose.forges.github_forge import GitHubForge
    from observatoire.propose.forges.gitlab_forge import GitLabForge
    from observatoire.propose.forges.push_forge import PushForge
    from observatoire.setup.github import GitHubWorkshop
    from observatoire.setup.gitlab import GitLabWorkshop

    match forge:
        case PushForge():
            return None
        case GitLabForge():
            return GitLabWorkshop(forge.client)
        case GitHubForge():
            return GitHubWorkshop(forge.client)
        case _:
            return None
