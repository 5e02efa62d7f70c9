"""Open requests and commit statuses on GitLab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

from observatoire.propose.forges.gitlab_client import OLDEST_FIRST, Client, _foreign
from observatoire.propose.forges.online.failures import Rejected
from observatoire.propose.forges.reviewer import LENGTH, Mark, Submission

STATES: dict[Mark, str] = {"vert": "success", "rouge": "failed"}


class GitLabReviewer:
    """The open requests of a project on GitLab."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def waiting(self) -> Sequence[Submission]:
        """The open requests to the default branch, oldest first."""
        query = {"state": "opened", "target_branch": self.client.access.target}
        manager = self.client._project.mergerequests
        found = self.client._ask(
            "lire les demandes de fusion",
            lambda: [r.attributes for r in manager.list(iterator=True, **query, **OLDEST_FIRST)],
        )
        shown = (Submission(**asdict(self.client._shown(r)), foreign=_foreign(r)) for r in found)
        return sorted(shown, key=lambda r: r.number)

    def mark(self, request: Submission, commit: str, name: str, state: Mark, said: str) -> bool:
        """Set a status, unless it says that already: GitLab refuses to repeat one.

        The commit of a fork is in no branch here: its reference is the request's own.
        """
        wanted = {"state": STATES[state], "name": name, "description": said[:LENGTH]}
        ref = request.kept if request.foreign else request.branch
        project = self.client._project
        held = self.client._ask("lire les contrôles", lambda: _last(project, commit, name))
        if held == wanted:
            return False
        url = f"/projects/{project.encoded_id}/statuses/{commit}"
        try:
            self.client._ask(
                "écrire un contrôle",
                lambda: project.manager.gitlab.http_post(url, post_data=wanted | {"ref": ref}),
            )
        except Rejected as error:
            if error.status == HTTPStatus.BAD_REQUEST and "transition" in error.said:
                return False
            raise
        return True


def _last(project: Any, commit: str, name: str) -> dict[str, str]:
    """The last status of that name, as it would be asked for."""
    url = f"/projects/{project.encoded_id}/repository/commits/{commit}/statuses"
    found = project.manager.gitlab.http_list(url, query_data={"name": name}, get_all=True)
    mine = [s for s in found if s.get("name") == name]
    last: dict[str, Any] = max(mine, key=lambda s: int(s["id"]), default={})
    return {key: str(last.get(key, "")) for key in ("state", "name", "description")}
