"""GitLab, with a token that only writes the repository.

``OBSERVATOIRE_JETON_DEPOT`` has the scope ``write_repository`` alone. Requests are read with
``CI_JOB_TOKEN`` if there is one, else as anyone may read them. ``CI_SERVER_URL`` and
``CI_PROJECT_PATH`` say where; ``OBSERVATOIRE_ROBOT`` says who commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from observatoire.git import Repo
from observatoire.propose.forges.gitlab import access_to

if TYPE_CHECKING:
    from observatoire.propose.forges.push_forge import PushForge

PRIORITY = 20
TOKEN = "OBSERVATOIRE_JETON_DEPOT"  # noqa: S105 (the name of the variable)


def connect(root: Path, environment: Mapping[str, str]) -> PushForge | None:
    """The project that the environment names, with the token that it gives."""
    token = environment.get(TOKEN, "")
    if not token:
        return None
    from observatoire.propose.forges.gitlab_client import Client
    from observatoire.propose.forges.push_forge import PushForge

    job = environment.get("CI_JOB_TOKEN") or None
    access = replace(access_to(environment, token, TOKEN), others=(job or "",))
    repo = Repo(root, access.variables(environment))
    return PushForge(access, environment, Client(access, job_token=job), repo)
