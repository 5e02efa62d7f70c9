"""GitHub, when a token and a repository are given.

``OBSERVATOIRE_JETON``, or else ``GITHUB_TOKEN``, is the token (it must write contents, issues and
pull requests); ``GITHUB_REPOSITORY`` says where (« compte/depot »), with ``GITHUB_SERVER_URL``,
``GITHUB_API_URL`` and ``GITHUB_GRAPHQL_URL`` when it is not github.com: a pipeline has them.
``OBSERVATOIRE_ROBOT`` (« Nom <courriel> ») says who commits, if not the token's account.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.propose.forges.online.access import Access, robot

if TYPE_CHECKING:
    from observatoire.propose.forges.github_forge import GitHubForge

PRIORITY = 30
TOKENS = ("OBSERVATOIRE_JETON", "GITHUB_TOKEN")


def connect(root: Path, environment: Mapping[str, str]) -> GitHubForge | None:  # noqa: ARG001
    """The repository that the environment names, with the token that it gives."""
    project = environment.get("GITHUB_REPOSITORY", "")
    variable = next((name for name in TOKENS if environment.get(name)), "")
    if not (project and variable):
        return None
    from observatoire.propose.forges.github_client import Client
    from observatoire.propose.forges.github_forge import GitHubForge

    access = Access(
        title="GitHub",
        server=environment.get("GITHUB_SERVER_URL", "https://github.com").rstrip("/"),
        api=environment.get("GITHUB_API_URL", "https://api.github.com").rstrip("/"),
        project=project,
        token=environment[variable],
        login="x-access-token",
        variable=variable,
        robot=robot(environment),
    )
    graphql = environment.get("GITHUB_GRAPHQL_URL") or f"{access.api.removesuffix('/v3')}/graphql"
    return GitHubForge(access, environment, Client(access, graphql))
