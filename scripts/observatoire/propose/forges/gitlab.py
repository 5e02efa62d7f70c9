"""GitLab, when a token of scope ``api`` is given.

``OBSERVATOIRE_JETON`` is the token of a bot account, or of the project (scopes ``api`` and
``write_repository``). ``CI_SERVER_URL`` and ``CI_PROJECT_PATH`` say where; a pipeline has them, and
``CI_DEFAULT_BRANCH``. ``OBSERVATOIRE_ROBOT`` (« Nom <courriel> ») says who commits, if not the
token's account.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.online.access import Access, robot

if TYPE_CHECKING:
    from observatoire.propose.forges.gitlab_forge import GitLabForge

PRIORITY = 10
TOKEN = "OBSERVATOIRE_JETON"  # noqa: S105 (the name of the variable)


def connect(root: Path, environment: Mapping[str, str]) -> GitLabForge | None:  # noqa: ARG001
    """The project that the environment names, with the token that it gives."""
    token = environment.get(TOKEN, "")
    if not token or environment.get("GITHUB_REPOSITORY"):
        return None
    from observatoire.propose.forges.gitlab_client import Client
    from observatoire.propose.forges.gitlab_forge import GitLabForge

    access = access_to(environment, token, TOKEN)
    return GitLabForge(access, environment, Client(access, oauth_token=token))


def access_to(environment: Mapping[str, str], token: str, variable: str) -> Access:
    """The project that the environment names; ForgeError when it does not."""
    server = environment.get("CI_SERVER_URL", "").rstrip("/")
    project = environment.get("CI_PROJECT_PATH", "").strip("/")
    if not (server and project):
        raise ForgeError(
            f"{variable} est donné, mais pas le projet : ajoutez CI_SERVER_URL et CI_PROJECT_PATH"
            " (GitLab), ou GITHUB_REPOSITORY (GitHub)."
        )
    return Access(
        title="GitLab",
        server=server,
        project=project,
        token=token,
        login="oauth2",
        variable=variable,
        target=environment.get("CI_DEFAULT_BRANCH") or "main",
        robot=robot(environment),
    )
