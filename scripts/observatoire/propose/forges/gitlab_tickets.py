"""People's issues on GitLab."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from observatoire.propose.forges import Note
from observatoire.propose.forges.gitlab_client import OLDEST_FIRST, Client
from observatoire.propose.forges.online import failures
from observatoire.propose.forges.online.base import text_of
from observatoire.propose.forges.tickets import Ticket


class GitLabTickets:
    """The issues of a project on GitLab."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def opened(self) -> Sequence[Ticket]:
        """The open issues that everybody may read, oldest first."""
        issues = self.client._project.issues
        found = self.client._ask(
            "lire les tickets",
            lambda: [
                i.attributes for i in issues.list(iterator=True, state="opened", **OLDEST_FIRST)
            ],
        )
        shown = (self._shown(raw) for raw in found if not raw.get("confidential", True))
        return sorted(shown, key=lambda t: t.number)

    def label(self, number: int, names: Sequence[str]) -> None:
        """Put labels on."""
        issues = self.client._project.issues
        content = {"add_labels": list(names)}
        self.client._ask("étiqueter un ticket", lambda: issues.update(number, content))

    def notes(self, number: int) -> Sequence[Note]:
        """The notes of the token's account under an issue, oldest first."""
        return self.client.notes_in(self._notes(number))

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        self.client.write_note_in(self._notes(number), body, replacing)

    def _notes(self, number: int) -> Any:
        return self.client._project.issues.get(number, lazy=True).notes

    def _shown(self, raw: Mapping[str, Any]) -> Ticket:
        try:
            return Ticket(
                number=int(raw["iid"]),
                title=raw["title"],
                body=text_of(raw["description"]),
                author=raw["author"]["username"],
                labels=tuple(sorted(raw["labels"])),
                place=raw["web_url"],
            )
        except (KeyError, TypeError):
            failed = failures.incomplete(self.client.access)
        raise failed
