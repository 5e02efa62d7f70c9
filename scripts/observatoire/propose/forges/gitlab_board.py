"""Issues on GitLab."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from observatoire.propose.forges.board import Issue
from observatoire.propose.forges.gitlab_client import OLDEST_FIRST, Client
from observatoire.propose.forges.online import failures
from observatoire.propose.forges.online.base import text_of


class GitLabBoard:
    """The issues of a project on GitLab."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def find(self, mark: str) -> Issue | None:
        """The oldest issue of the token's account that has this line."""
        mine = self.client.me["id"]
        issues = self.client._project.issues
        found = self.client._ask(
            "lire les tickets",
            lambda: [
                i.attributes
                for i in issues.list(iterator=True, author_id=mine, state="all", **OLDEST_FIRST)
                if i.attributes["author"]["id"] == mine
                and mark in text_of(i.attributes["description"]).splitlines()
            ],
        )
        return min((self._shown(raw) for raw in found), key=lambda i: i.number, default=None)

    def create(self, title: str, body: str) -> Issue:
        """A new issue."""
        issues = self.client._project.issues
        content = {"title": title, "description": body}
        return self._shown(
            self.client._ask("ouvrir un ticket", lambda: issues.create(content).attributes)
        )

    def rewrite(self, issue: Issue, title: str, body: str) -> None:
        """Give an issue another text."""
        issues = self.client._project.issues
        content = {"title": title, "description": body}
        self.client._ask("modifier un ticket", lambda: issues.update(issue.number, content))

    def _shown(self, raw: Mapping[str, Any]) -> Issue:
        try:
            return Issue(
                number=int(raw["iid"]),
                title=raw["title"],
                body=text_of(raw["description"]),
                open=raw["state"] == "opened",
                place=raw["web_url"],
            )
        except (KeyError, TypeError):
            failed = failures.incomplete(self.client.access)
        raise failed
