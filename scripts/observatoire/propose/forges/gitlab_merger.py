"""Merging on GitLab: only what its pipeline has approved, and only the commit that was read."""

from __future__ import annotations

from http import HTTPStatus

from observatoire.propose.forges import MergeRequest, Raced
from observatoire.propose.forges.gitlab_client import Client
from observatoire.propose.forges.merger import Checks
from observatoire.propose.forges.online.failures import Doubtful, Rejected

PIPELINE: dict[str, Checks] = {"success": "verts", "failed": "rouges", "canceled": "rouges"}
READY = "mergeable"
MOVED = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY}


class GitLabMerger:
    """The merges of a project on GitLab."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def checks(self, request: MergeRequest) -> Checks:
        """The state of the pipeline of the request's last commit."""
        manager = self.client._project.mergerequests
        raw = self.client._ask(
            "lire une demande de fusion", lambda: manager.get(request.number).attributes
        )
        pipeline = raw.get("head_pipeline") or {}
        if pipeline.get("sha") != request.head:
            return "absents"
        state = PIPELINE.get(str(pipeline.get("status")), "en cours")
        ready = raw.get("detailed_merge_status", READY) == READY
        return "en cours" if state == "verts" and not ready else state

    def merge(self, request: MergeRequest) -> None:
        """Merge; an answer that was lost is made up for by looking."""
        manager = self.client._project.mergerequests
        content = {"sha": request.head, "should_remove_source_branch": True}
        path = f"{manager.path}/{request.number}/merge"
        try:
            self.client._ask(
                "fusionner une demande", lambda: manager.gitlab.http_put(path, post_data=content)
            )
        except Rejected as error:
            if error.status in MOVED:
                raise Raced(str(error)) from None
            raise
        except Doubtful:
            if self.client.request(request.number).state != "fusionnee":
                raise
