"""Issues on GitHub; its lists hold pull requests too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from observatoire.propose.forges.board import Issue
from observatoire.propose.forges.github_client import Client
from observatoire.propose.forges.online import failures
from observatoire.propose.forges.online.base import text_of


class GitHubBoard:
    """The issues of a repository on GitHub."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def find(self, mark: str) -> Issue | None:
        """The oldest issue of the token's account that has this line."""
        repository = self.client._repository
        found = self.client._ask(
            "lire les tickets",
            lambda: [
                raw
                for issue in repository.issues(state="all", sort="created", direction="asc")
                if "pull_request" not in (raw := issue.as_dict())
                and mark in text_of(raw["body"]).splitlines()
            ],
        )
        mine = (self._shown(raw) for raw in found if self.client._mine(raw["user"]))
        return min(mine, key=lambda i: i.number, default=None)

    def create(self, title: str, body: str) -> Issue:
        """A new issue."""
        repository = self.client._repository
        return self._shown(
            self.client._ask(
                "ouvrir un ticket", lambda: repository.create_issue(title, body).as_dict()
            )
        )

    def rewrite(self, issue: Issue, title: str, body: str) -> None:
        """Give an issue another text."""
        self.client.change(issue.number, {"title": title, "body": body})

    def _shown(self, raw: Mapping[str, Any]) -> Issue:
        try:
            return Issue(
                number=int(raw["number"]),
                title=raw["title"],
                body=text_of(raw["body"]),
                open=raw["state"] == "open",
                place=raw["html_url"],
            )
        except (KeyError, TypeError):
            failed = failures.incomplete(self.client.access)
        raise failed
