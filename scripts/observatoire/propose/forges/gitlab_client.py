"""Calls to GitLab through python-gitlab: values in, values out, failures in French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from observatoire.propose.forges import ForgeError, MergeRequest, Note, State
from observatoire.propose.forges.online import failures
from observatoire.propose.forges.online.access import Access
from observatoire.propose.forges.online.base import bare_title, day_of, text_of
from observatoire.propose.forges.online.line import Busy, Line

if TYPE_CHECKING:
    from gitlab import Gitlab
    from gitlab.v4.objects import Project

STATES: Mapping[str, State] = {"opened": "ouverte", "locked": "ouverte", "closed": "fermee"}
OLDEST_FIRST = {"order_by": "created_at", "sort": "asc", "per_page": 100}

T = TypeVar("T")


class Client:
    """One project on GitLab, opened by a token of an account or of a job, or by none."""

    def __init__(
        self,
        access: Access,
        *,
        oauth_token: str | None = None,
        job_token: str | None = None,
        line: Line | None = None,
    ) -> None:
        self.access = access
        self._oauth_token = oauth_token
        self._job_token = job_token
        self._line = line or Line()

    @cached_property
    def _gitlab(self) -> Gitlab:
        import gitlab

        # As a bearer, a token does not follow a redirection to another host.
        return gitlab.Gitlab(
            self.access.server,
            oauth_token=self._oauth_token,
            job_token=self._job_token,
            keep_base_url=True,
            session=self._line.session(),
        )

    @property
    def _project(self) -> Project:
        return self._gitlab.projects.get(self.access.project, lazy=True)

    def _notes(self, number: int) -> Any:
        return self._project.mergerequests.get(number, lazy=True).notes

    @cached_property
    def me(self) -> Mapping[str, Any]:
        """The account of the token."""
        raw = self._ask("savoir qui il est", lambda: self._gitlab.http_get("/user"))
        if not isinstance(raw, dict):
            raise failures.incomplete(self.access)
        return raw

    def check(self) -> None:
        """ForgeError when the token does not open the project."""
        self._ask("lire le projet", lambda: self._gitlab.projects.get(self.access.project))

    def requests(self, branch: str, state: str = "all") -> list[MergeRequest]:
        """The requests from a branch of this project itself, oldest first."""
        query = {"source_branch": branch, "state": state}
        found = self._ask(
            "lire les demandes de fusion",
            lambda: [
                r.attributes
                for r in self._project.mergerequests.list(iterator=True, **query, **OLDEST_FIRST)
            ],
        )
        shown = (self._shown(raw) for raw in found if not _foreign(raw))
        return sorted(shown, key=lambda r: r.number)

    def request(self, number: int) -> MergeRequest:
        """A request as it is now."""
        manager = self._project.mergerequests
        return self._shown(
            self._ask("lire une demande de fusion", lambda: manager.get(number).attributes)
        )

    def create(self, content: dict[str, Any]) -> MergeRequest:
        """Open a request."""
        manager = self._project.mergerequests
        return self._shown(
            self._ask("ouvrir une demande de fusion", lambda: manager.create(content).attributes)
        )

    def change(self, number: int, content: dict[str, Any]) -> MergeRequest:
        """Change some things of a request."""
        manager = self._project.mergerequests
        return self._shown(
            self._ask("modifier une demande de fusion", lambda: manager.update(number, content))
        )

    def notes(self, number: int) -> list[Note]:
        """The notes of the token's account under a request, oldest first."""
        return self.notes_in(self._notes(number))

    def notes_in(self, manager: Any) -> list[Note]:
        """The same, under a request or an issue, by python-gitlab's manager of its notes."""
        found = self._ask(
            "lire les notes",
            lambda: [n.attributes for n in manager.list(iterator=True, **OLDEST_FIRST)],
        )
        mine = (n for n in found if not n["system"] and n["author"]["id"] == self.me["id"])
        return [Note(int(n["id"]), text_of(n["body"])) for n in mine]

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        self.write_note_in(self._notes(number), body, replacing)

    def write_note_in(self, manager: Any, body: str, replacing: Note | None) -> None:
        """The same, under a request or an issue."""
        content = {"body": body}
        if replacing is None:
            self._ask("écrire une note", lambda: manager.create(content))
        else:
            self._ask("modifier une note", lambda: manager.update(replacing.id, content))

    def _shown(self, raw: Mapping[str, Any]) -> MergeRequest:
        try:
            return _request(raw)
        except (KeyError, TypeError):
            failed = failures.incomplete(self.access)
        raise failed

    def _ask(self, what: str, call: Callable[[], T]) -> T:
        import gitlab
        import requests

        failed: ForgeError
        try:
            return call()
        except Busy:
            failed = failures.busy(self.access)
        except requests.RequestException as error:
            failed = failures.silence(self.access, type(error).__name__)
        except gitlab.GitlabError as error:
            if error.response_code is None:
                failed = failures.incomplete(self.access)
            else:
                said = str(error.error_message)
                failed = failures.refusal(self.access, error.response_code, said, what)
        # Out of the handlers, so that no request with its headers hangs on the exception.
        raise failed


def _foreign(raw: Mapping[str, Any]) -> bool:
    """Whether a request comes from a fork; its project is unknown once the fork is deleted."""
    return bool(raw.get("source_project_id") != raw.get("target_project_id"))


def _request(raw: Mapping[str, Any]) -> MergeRequest:
    state = STATES.get(raw["state"], "fusionnee")
    ended = {"ouverte": "", "fermee": raw["closed_at"], "fusionnee": raw["merged_at"]}
    return MergeRequest(
        number=int(raw["iid"]),
        title=bare_title(raw["title"]),
        body=text_of(raw["description"]),
        branch=raw["source_branch"],
        target=raw["target_branch"],
        state=state,
        labels=tuple(sorted(raw["labels"])),
        draft=bool(raw["draft"]),
        place=raw["web_url"],
        head=raw["sha"] or "",
        kept=f"refs/merge-requests/{raw['iid']}/head",
        closed=day_of(ended[state]),
    )
