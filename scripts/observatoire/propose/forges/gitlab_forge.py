"""The manners of GitLab: what the bot asks, in the calls that GitLab has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from http import HTTPStatus
from typing import Any

from observatoire.git import Person
from observatoire.propose.forges import ForgeError, MergeRequest, Note, Raced, Wish
from observatoire.propose.forges.gitlab_client import Client
from observatoire.propose.forges.online.access import Access
from observatoire.propose.forges.online.base import Online, full_title
from observatoire.propose.forges.online.failures import Doubtful, Rejected
from observatoire.propose.proposal import OWN_LABELS


class GitLabForge(Online):
    """A project on GitLab, with a token that may do all that a bot does."""

    mark = "!"
    # A description takes 1,048,576 characters, a note 1,000,000.
    limit = 1_000_000

    def __init__(self, access: Access, environment: Mapping[str, str], client: Client) -> None:
        super().__init__(access, environment)
        self.client = client

    @cached_property
    def _account(self) -> Person:
        me = self.client.me
        email = me.get("commit_email") or me.get("email") or me.get("public_email")
        if not email:
            raise ForgeError("GitLab ne dit pas le courriel du robot : donnez OBSERVATOIRE_ROBOT.")
        return Person(str(me.get("name") or me.get("username")), str(email))

    def whoami(self) -> Person:
        """The account of the token, unless the environment names the bot."""
        return self.access.robot or self._account

    def check(self) -> None:
        """ForgeError when the token does not open the project."""
        self.client.check()

    def requests(self, branch: str) -> Sequence[MergeRequest]:
        """All the requests from a branch of this project, oldest first."""
        return [self._remember(r) for r in self.client.requests(branch)]

    def create(self, branch: str, wish: Wish) -> MergeRequest:
        """A new request; what a lost answer leaves in doubt is looked at."""
        self._none_open(branch)
        content = {
            **_said(wish),
            "source_branch": branch,
            "target_branch": self.target,
            "labels": list(wish.labels),
            "remove_source_branch": True,
        }
        try:
            return self._remember(self.client.create(content))
        except Rejected as error:
            if error.status == HTTPStatus.CONFLICT:
                raise Raced(str(error)) from None
            raise
        except Doubtful:
            made = self._found(branch, wish)
            if made is None:
                raise
            return self._remember(made)

    def _none_open(self, branch: str) -> None:
        if self.client.requests(branch, "opened"):
            raise Raced(f"une demande est déjà ouverte pour la branche « {branch} ».")

    def _found(self, branch: str, wish: Wish) -> MergeRequest | None:
        """The open request that says what is wished."""
        opened = self.client.requests(branch, "opened")
        return next((r for r in opened if r.body.strip() == wish.body.strip()), None)

    def update(self, number: int, wish: Wish) -> None:
        """Rewrite an open request; one that ended meanwhile gets its words back."""
        before = self.client.request(number)
        self._still(before)
        gone = sorted(OWN_LABELS - set(wish.labels))
        said = _said(wish) | {"add_labels": list(wish.labels), "remove_labels": gone}
        after = self._change(number, said)
        if after.state != "ouverte":
            # Words of now on a closed request would be taken for what a person refused.
            self._change(number, _said(Wish(before.title, before.body, draft=before.draft)))
            self._still(after)

    def close(self, number: int, body: str, date: str) -> None:  # noqa: ARG002 (GitLab dates it)
        """Close an open request, and rewrite its body."""
        self._still(self.client.request(number))
        self._change(number, {"state_event": "close", "description": body})

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off."""
        self._change(number, {"remove_labels": [label]})

    def _change(self, number: int, content: dict[str, Any]) -> MergeRequest:
        changed = self.client.change(number, {k: v for k, v in content.items() if v != []})
        return self._remember(changed)

    def notes(self, number: int) -> Sequence[Note]:
        """The notes of the token's account under a request, oldest first."""
        return self.client.notes(number)

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        self.client.write_note(number, body, replacing)


def _said(wish: Wish) -> dict[str, Any]:
    return {"title": full_title(wish, prefix=True), "description": wish.body}
