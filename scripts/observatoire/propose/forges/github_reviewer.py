"""Open requests and commit statuses on GitHub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from observatoire.propose.forges.github_client import Client, _foreign
from observatoire.propose.forges.reviewer import LENGTH, Mark, Submission

STATES: dict[Mark, str] = {"vert": "success", "rouge": "failure"}


class GitHubReviewer:
    """The open requests of a repository on GitHub."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def waiting(self) -> Sequence[Submission]:
        """The open requests to the default branch, oldest first."""
        query = {"state": "open", "base": self.client.access.target, "direction": "asc"}
        repository = self.client._repository
        found = self.client._ask(
            "lire les demandes de fusion",
            lambda: [pull.as_dict() for pull in repository.pull_requests(**query)],
        )
        shown = (Submission(**asdict(self.client._shown(r)), foreign=_foreign(r)) for r in found)
        return sorted(shown, key=lambda r: r.number)

    def mark(self, request: Submission, commit: str, name: str, state: Mark, said: str) -> bool:  # noqa: ARG002
        """Set a status, unless it says that already."""
        wanted = {"state": STATES[state], "context": name, "description": said[:LENGTH]}
        repository = self.client._repository
        if (
            self.client._ask("lire les contrôles", lambda: _last(repository, commit, name))
            == wanted
        ):
            return False
        url = f"{repository.url}/statuses/{commit}"
        self.client._ask(
            "écrire un contrôle",
            lambda: repository._json(repository._post(url, data=wanted), 201),
        )
        return True


def _last(repository: Any, commit: str, name: str) -> dict[str, str]:
    """The last status of that name, as it would be asked for."""
    url = f"{repository.url}/commits/{commit}/status"
    found = repository._json(repository._get(url), 200).get("statuses") or []
    mine: dict[str, Any] = next((s for s in found if s.get("context") == name), {})
    return {key: str(mine.get(key, "")) for key in ("state", "context", "description")}
