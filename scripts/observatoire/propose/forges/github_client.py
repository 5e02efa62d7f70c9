"""Calls to GitHub through github3.py: values in, values out, failures in French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from observatoire.propose.forges import ForgeError, MergeRequest, Note
from observatoire.propose.forges import github_gaps as gaps
from observatoire.propose.forges.online import failures
from observatoire.propose.forges.online.access import Access
from observatoire.propose.forges.online.base import bare_title, day_of, text_of
from observatoire.propose.forges.online.line import Busy, Line

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pull:
    """A request, the name that GraphQL knows it by, whether it is a draft of GitHub's own kind."""

    request: MergeRequest
    node: str
    draft: bool


class Client:
    """One repository on GitHub; ``graphql`` is the address for what REST cannot do."""

    def __init__(self, access: Access, graphql: str, line: Line | None = None) -> None:
        self.access = access
        self.graphql = graphql
        self._line = line or Line()

    @cached_property
    def _github(self) -> Any:
        from github3 import GitHub
        from github3.session import GitHubSession

        session = GitHubSession()
        session.base_url = self.access.api
        return GitHub(token=self.access.token, session=self._line.session(session))

    @cached_property
    def _repository(self) -> Any:
        owner, _, name = self.access.project.partition("/")
        return self._there(self._ask("lire le dépôt", lambda: self._github.repository(owner, name)))

    @cached_property
    def me(self) -> Mapping[str, Any] | None:
        """The account of the token; None when it stands for an application, not an account."""
        try:
            me: Mapping[str, Any] = self._ask(
                "savoir qui il est", lambda: self._there(self._github.me()).as_dict()
            )
        except failures.Denied:
            return None
        return me

    def check(self) -> None:
        """ForgeError when the token does not open the repository."""
        self._there(self._repository)

    def requests(self, branch: str, state: str = "all") -> list[MergeRequest]:
        """The requests from a branch of this repository itself, oldest first."""
        owner = self._repository.owner.login
        query = {"state": state, "head": f"{owner}:{branch}", "direction": "asc"}
        found = self._ask(
            "lire les demandes de fusion",
            lambda: [pull.as_dict() for pull in self._repository.pull_requests(**query)],
        )
        shown = (self._shown(raw) for raw in found if not _foreign(raw))
        return sorted((r for r in shown if r.branch == branch), key=lambda r: r.number)

    def request(self, number: int) -> Pull:
        """A request as it is now."""
        raw = self._ask(
            "lire une demande de fusion",
            lambda: self._there(self._repository.pull_request(number)).as_dict(),
        )
        return Pull(self._shown(raw), str(raw.get("node_id", "")), bool(raw.get("draft")))

    def create(self, content: Mapping[str, Any]) -> MergeRequest:
        """Open a request."""
        what = "ouvrir une demande de fusion"
        return self._shown(self._ask(what, lambda: gaps.create_pull(self._repository, content)))

    def change(self, number: int, content: Mapping[str, Any]) -> bool:
        """Change some things of a request, at once; whether it is open."""
        what = "modifier une demande de fusion"
        changed = self._ask(what, lambda: gaps.edit(self._repository, number, content))
        return bool(changed.get("state") == "open")

    def set_draft(self, node: str, *, draft: bool) -> bool:
        """Make a draft of a request, or undo it; whether GitHub does that here."""
        what = "changer l'état de brouillon"
        return not self._ask(
            what, lambda: gaps.set_draft(self._github, self.graphql, node, draft=draft)
        )

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off, if it is there."""
        self._ask("retirer une étiquette", lambda: self._issue(number).remove_label(label))

    def notes(self, number: int) -> list[Note]:
        """The notes of the token's account under a request, oldest first."""
        found = self._ask(
            "lire les notes", lambda: [c.as_dict() for c in self._issue(number).comments()]
        )
        return [Note(int(c["id"]), text_of(c["body"])) for c in found if self._mine(c["user"])]

    def _mine(self, author: Mapping[str, Any]) -> bool:
        if self.me is None:
            return bool(author["type"] == "Bot")
        return bool(author["id"] == self.me["id"])

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        if replacing is None:
            self._ask("écrire une note", lambda: self._issue(number).create_comment(body))
        else:
            held = self._ask(
                "lire une note", lambda: self._there(self._issue(number).comment(replacing.id))
            )
            self._ask("modifier une note", lambda: held.edit(body))

    def _issue(self, number: int) -> Any:
        return self._there(self._repository.issue(number))

    def _there(self, found: Any) -> Any:
        """What github3.py found; it gives None for an empty answer."""
        if found is None:
            raise failures.incomplete(self.access)
        return found

    def _shown(self, raw: Mapping[str, Any]) -> MergeRequest:
        try:
            return _request(raw)
        except (KeyError, TypeError):
            failed = failures.incomplete(self.access)
        raise failed

    def _ask(self, what: str, call: Callable[[], T]) -> T:
        from github3 import exceptions

        failed: ForgeError
        try:
            return call()
        except exceptions.TransportError as error:
            if isinstance(error.exception, Busy):
                failed = failures.busy(self.access)
            else:
                failed = failures.silence(self.access, type(error.exception).__name__)
        except (exceptions.IncompleteResponse, exceptions.UnprocessableResponseBody):
            failed = failures.incomplete(self.access)
        except exceptions.UnexpectedResponse:
            failed = failures.incomplete(self.access)
        except exceptions.GitHubError as error:
            failed = failures.refusal(self.access, error.code, _words(error), what)
        # Out of the handlers, so that no request with its headers hangs on the exception.
        raise failed


def _words(error: Any) -> str:
    details = (e.get("message", "") for e in error.errors if isinstance(e, dict))
    return " ; ".join(str(said) for said in (error.msg, *details) if said)


def _foreign(raw: Mapping[str, Any]) -> bool:
    """Whether a request comes from a fork, maybe one that was deleted since."""
    head, base = raw["head"].get("repo"), raw["base"]["repo"]
    return not head or head["id"] != base["id"]


def _request(raw: Mapping[str, Any]) -> MergeRequest:
    merged, closed = raw["merged_at"], raw["closed_at"]
    return MergeRequest(
        number=int(raw["number"]),
        title=bare_title(raw["title"]),
        body=text_of(raw["body"]),
        branch=raw["head"]["ref"],
        target=raw["base"]["ref"],
        state="fusionnee" if merged else "fermee" if raw["state"] == "closed" else "ouverte",
        labels=tuple(sorted(label["name"] for label in raw["labels"])),
        draft=bool(raw.get("draft")) or bare_title(raw["title"]) != raw["title"],
        place=raw["html_url"],
        head=raw["head"]["sha"],
        kept=f"refs/pull/{raw['number']}/head",
        closed=day_of(merged or closed),
    )
