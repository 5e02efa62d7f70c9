"""People's issues on GitHub; its lists hold pull requests too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from observatoire.propose.forges import Note
from observatoire.propose.forges.github_client import Client
from observatoire.propose.forges.online import failures
from observatoire.propose.forges.online.base import text_of
from observatoire.propose.forges.tickets import Ticket


class GitHubTickets:
    """The issues of a repository on GitHub."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def opened(self) -> Sequence[Ticket]:
        """The open issues, oldest first; GitHub has no confidential ones."""
        repository = self.client._repository
        found = self.client._ask(
            "lire les tickets",
            lambda: [
                raw
                for issue in repository.issues(state="open", sort="created", direction="asc")
                if "pull_request" not in (raw := issue.as_dict())
            ],
        )
        return sorted((self._shown(raw) for raw in found), key=lambda t: t.number)

    def label(self, number: int, names: Sequence[str]) -> None:
        """Put labels on."""
        self.client._ask(
            "étiqueter un ticket", lambda: self.client._issue(number).add_labels(*names)
        )

    def notes(self, number: int) -> Sequence[Note]:
        """The notes of the token's account under an issue, oldest first."""
        return self.client.notes(number)

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        self.client.write_note(number, body, replacing)

    def _shown(self, raw: Mapping[str, Any]) -> Ticket:
        try:
            return Ticket(
                number=int(raw["number"]),
                title=raw["title"],
                body=text_of(raw["body"]),
                author=(raw["user"] or {}).get("login", "ghost"),
                labels=tuple(sorted(label["name"] for label in raw["labels"])),
                place=raw["html_url"],
            )
        except (KeyError, TypeError):
            failed = failures.incomplete(self.client.access)
        raise failed
