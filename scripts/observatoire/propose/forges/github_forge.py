"""The manners of GitHub: what the bot asks, in the calls that GitHub has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from observatoire.git import Person
from observatoire.propose import marker
from observatoire.propose.forges import MergeRequest, Note, Raced, Wish
from observatoire.propose.forges.github_client import Client
from observatoire.propose.forges.online.access import Access
from observatoire.propose.forges.online.base import Online, full_title
from observatoire.propose.forges.online.failures import Doubtful, Missing, Rejected
from observatoire.propose.proposal import OWN_LABELS

# The identity of GitHub's own pipelines, whose token stands for no account.
ACTIONS = Person("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
TAKEN = "already exists"
NO_DRAFTS = "draft pull requests are not supported"


class GitHubForge(Online):
    """A repository on GitHub."""

    mark = "#"
    limit = 65_536

    def __init__(self, access: Access, environment: Mapping[str, str], client: Client) -> None:
        super().__init__(access, environment)
        self.client = client

    def whoami(self) -> Person:
        """The account of the token, unless the environment names the bot."""
        if self.access.robot:
            return self.access.robot
        me = self.client.me
        if me is None:
            return ACTIONS
        hidden = f"{me['id']}+{me['login']}@users.noreply.github.com"
        return Person(str(me.get("name") or me["login"]), str(me.get("email") or hidden))

    def check(self) -> None:
        """ForgeError when the token does not open the repository."""
        self.client.check()

    def requests(self, branch: str) -> Sequence[MergeRequest]:
        """All the requests from a branch of this repository, oldest first."""
        return [self._remember(r) for r in self.client.requests(branch)]

    def create(self, branch: str, wish: Wish) -> MergeRequest:
        """A new request.

        Labels take a second call: until then the body lacks the hidden line, so that the next run
        sees a request to be rewritten.
        """
        if self.client.requests(branch, "open"):
            raise Raced(f"une demande est déjà ouverte pour la branche « {branch} ».")
        body = marker.MARKER.sub("", wish.body) if wish.labels else wish.body
        content = {"head": branch, "base": self.target, "body": body}
        made = self._opened(branch, wish, content)
        if wish.labels:
            labels = sorted({*made.labels, *wish.labels})
            self.client.change(made.number, {"labels": labels, "body": wish.body})
            made = self.client.request(made.number).request
        return self._remember(made)

    def _opened(self, branch: str, wish: Wish, content: Mapping[str, Any]) -> MergeRequest:
        title = full_title(wish, prefix=False)
        try:
            return self.client.create({**content, "title": title, "draft": wish.draft})
        except Rejected as error:
            if TAKEN in error.said.lower():
                raise Raced(str(error)) from None
            if not (wish.draft and NO_DRAFTS in error.said.lower()):
                raise
        except Doubtful:
            opened = self.client.requests(branch, "open")
            made = [r for r in opened if r.body.strip() == str(content["body"]).strip()]
            if not made:
                raise
            return made[0]
        return self.client.create({**content, "title": full_title(wish, prefix=True)})

    def update(self, number: int, wish: Wish) -> None:
        """Rewrite an open request; one that ended meanwhile gets its words back.

        The body comes last, because it says that all is done.
        """
        pull = self.client.request(number)
        now, draft = pull.request, pull.draft
        self._still(now)
        if draft != wish.draft and self.client.set_draft(pull.node, draft=wish.draft):
            draft = wish.draft
        content: dict[str, Any] = {
            "title": full_title(wish, prefix=not draft),
            "body": wish.body,
        }
        labels = (set(now.labels) - OWN_LABELS) | set(wish.labels)
        if labels != set(now.labels):
            content["labels"] = sorted(labels)
        if not self._change(number, content):
            # Words of now on a closed request would be taken for what a person refused.
            self._change(number, {"title": now.title, "body": now.body})
            raise Raced(f"la demande {self.mark}{number} n'est plus ouverte.")

    def close(self, number: int, body: str, date: str) -> None:  # noqa: ARG002 (GitHub dates it)
        """Close an open request, and rewrite its body."""
        self._still(self.client.request(number).request)
        self._change(number, {"state": "closed", "body": body})

    def _change(self, number: int, content: Mapping[str, Any]) -> bool:
        """Change a request; whether it is still open."""
        self._seen.pop(number, None)
        return self.client.change(number, content)

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off."""
        self._seen.pop(number, None)
        try:
            self.client.unlabel(number, label)
        except Missing:
            self.client.check()

    def notes(self, number: int) -> Sequence[Note]:
        """The notes of the token's account under a request, oldest first."""
        return self.client.notes(number)

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        self.client.write_note(number, body, replacing)
