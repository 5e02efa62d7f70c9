"""Merging on GitHub: only what all the checks have approved, and only the commit that was read."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from observatoire.propose.forges import MergeRequest, Raced
from observatoire.propose.forges.github_client import Client
from observatoire.propose.forges.merger import Checks
from observatoire.propose.forges.online.failures import Doubtful, Rejected

GOOD = frozenset(("success", "neutral", "skipped"))
MOVED = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}


class GitHubMerger:
    """The merges of a repository on GitHub."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def checks(self, request: MergeRequest) -> Checks:
        """The check runs and the statuses of the request's last commit, together."""
        runs = self._read(f"{request.head}/check-runs?per_page=100").get("check_runs") or []
        statuses = self._read(f"{request.head}/status").get("statuses") or []
        ended = [r.get("conclusion") for r in runs if r.get("status") == "completed"]
        ended += [s.get("state") for s in statuses if s.get("state") != "pending"]
        if not (runs or statuses):
            return "absents"
        if not GOOD.issuperset(ended):
            return "rouges"
        return "verts" if len(ended) == len(runs) + len(statuses) else "en cours"

    def _read(self, what: str) -> Mapping[str, Any]:
        """What GitHub says of a commit; github3.py wants more fields than GitHub gives."""
        repository = self.client._repository
        url = f"{repository.url}/commits/{what}"
        found: Mapping[str, Any] = self.client._ask(
            "lire les contrôles", lambda: repository._json(repository._get(url), 200)
        )
        return found

    def merge(self, request: MergeRequest) -> None:
        """Merge; an answer that was lost is made up for by looking."""
        repository = self.client._repository
        try:
            self.client._ask(
                "fusionner une demande",
                lambda: repository.pull_request(request.number).merge(sha=request.head),
            )
        except Rejected as error:
            if error.status in MOVED:
                raise Raced(str(error)) from None
            raise
        except Doubtful:
            if self.client.request(request.number).request.state != "fusionnee":
                raise
