"""The manners of GitLab by pushes alone: requests travel in the options of a push."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from observatoire.git import Person, Repo
from observatoire.propose import marker
from observatoire.propose.forges import ForgeError, MergeRequest, Note, Raced, Wish
from observatoire.propose.forges.gitlab_client import Client
from observatoire.propose.forges.gitlab_forge import GitLabForge
from observatoire.propose.forges.local import BOT
from observatoire.propose.forges.online.access import Access
from observatoire.propose.forges.online.base import full_title
from observatoire.propose.proposal import OWN_LABELS

LINE_BREAK = re.compile(r"\\+n")
"""What GitLab would take for the end of a line in an option: a quick action could follow it."""
DAY = "2000-01-01"
"""The date of the commits that carry options: they stay nowhere."""


class PushForge(GitLabForge):
    """A project on GitLab where the bot may only push.

    It writes no notes: only the text of a request can be said in a push. An option goes with a move
    of the branch: the branch gets a commit that changes nothing, then goes back to where it was.
    """

    # Git sends an option in one packet of 65,516 bytes, where the end of a line takes two.
    limit = 32_000

    def __init__(
        self, access: Access, environment: Mapping[str, str], client: Client, repo: Repo
    ) -> None:
        super().__init__(access, environment, client)
        self._repo = repo

    def whoami(self) -> Person:
        """Who the environment names; such a token does not say."""
        return self.access.robot or BOT

    def check(self) -> None:
        """Nothing: such a token reads no project, the requests will tell."""

    def create(self, branch: str, wish: Wish) -> MergeRequest:
        """A new request."""
        self._none_open(branch)
        options = (
            "merge_request.create",
            f"merge_request.target={self.target}",
            "merge_request.remove_source_branch",
        )
        self._push(branch, *options, *_said(wish))
        made = self._found(branch, _as_taken(wish))
        if made is None:
            raise self._silent()
        return self._remember(made)

    def update(self, number: int, wish: Wish) -> None:
        """Rewrite an open request."""
        now = self.client.request(number)
        self._still(now)
        self._push(now.branch, *_said(wish))
        self._done(number, _as_taken(wish).body)

    def close(self, number: int, body: str, date: str) -> None:  # noqa: ARG002 (GitLab dates it)
        """Rewrite the body; GitLab closes the request when its branch is deleted, which comes."""
        now = self.client.request(number)
        self._still(now)
        said = LINE_BREAK.sub("n", body)
        self._push(now.branch, _description(said))
        self._done(number, said)

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off, if the branch is still there."""
        now = self.client.request(number)
        if now.state == "ouverte":
            self._push(now.branch, f"merge_request.unlabel={label}")

    def notes(self, number: int) -> Sequence[Note]:  # noqa: ARG002
        """None: such a token writes no notes."""
        return ()

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Nothing: such a token writes no notes."""

    def _push(self, branch: str, *options: str) -> None:
        """Move the branch there and back, with these options."""
        ref, repo = f"refs/heads/{branch}", self._repo
        tip = repo.remote_ref(self.remote, ref)
        if tip is None:
            raise Raced(f"la branche « {branch} » n'existe plus.")
        if repo.resolve(tip) is None:
            repo.fetch(self.remote, ref)
        words = marker.digest(options)
        there = repo.commit(f"{tip}^{{tree}}", [tip], words, self.whoami(), DAY)
        repo.push(self.remote, there, ref, tip, *options)
        repo.push(self.remote, tip, ref, there)

    def _done(self, number: int, body: str) -> None:
        """ForgeError when GitLab did not take the text: it says nothing of what it refuses."""
        now = self._remember(self.client.request(number))
        if now.body.strip() != body.strip():
            raise self._silent()

    def _silent(self) -> ForgeError:
        return ForgeError(
            f"{self.title} a reçu la branche, mais n'a pas tenu compte du texte de la demande :"
            f" donnez OBSERVATOIRE_JETON (portée api) au lieu de {self.access.variable}."
        )


def _as_taken(wish: Wish) -> Wish:
    """The wish as GitLab will hold it."""
    return Wish(wish.title, LINE_BREAK.sub("n", wish.body), wish.labels, wish.draft)


def _said(wish: Wish) -> list[str]:
    gone = sorted(OWN_LABELS - set(wish.labels))
    return [
        f"merge_request.title={full_title(wish, prefix=True)}",
        _description(_as_taken(wish).body),
        *(f"merge_request.label={name}" for name in wish.labels),
        *(f"merge_request.unlabel={name}" for name in gone),
    ]


def _description(body: str) -> str:
    return "merge_request.description=" + body.replace("\n", "\\n")
