"""What a forge reached over HTTP does whatever its interface: branches, and optimistic checks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from observatoire.git import GitError, Person, Repo
from observatoire.propose import markdown
from observatoire.propose.forges import ForgeError, MergeRequest, Raced, Wish
from observatoire.propose.forges.local import BOT
from observatoire.propose.forges.online.access import Access

TITLE_LENGTH = 255
"""The longest title that both forges take (255 characters on GitLab, 256 on GitHub)."""
DRAFT = "Draft: "
"""What makes a draft of a title on GitLab; on GitHub, only where it has no drafts of its own."""
DRAFTED = re.compile(r"\s*(?:draft:|\[draft\]|\(draft\))\s*", re.I)


class Online:
    """A forge behind an access; the subclasses speak its interface."""

    mark: str
    limit: int

    def __init__(self, access: Access, environment: Mapping[str, str]) -> None:
        self.access = access
        self.title = access.title
        self.remote = access.remote
        self.target = access.target
        self.variables: Mapping[str, str] = access.variables(environment)
        self._seen: dict[int, MergeRequest] = {}

    def whoami(self) -> Person:
        """The name and e-mail that the bot commits under."""
        return self.access.robot or BOT

    def base(self, repo: Repo) -> str:
        """The commit of the forge's main, brought into the clone."""
        self.check()
        ref = f"refs/heads/{self.target}"
        try:
            found = repo.remote_ref(self.remote, ref)
        except GitError as error:
            raise ForgeError(
                f"le dépôt de {self.title} ne s'ouvre pas avec {self.access.variable} : {error}"
            ) from None
        if found is None:
            raise ForgeError(f"{self.title} n'a pas de branche « {self.target} » : poussez-la.")
        if repo.resolve(found) is None:
            repo.fetch(self.remote, ref)
        if repo.resolve(found) is None:
            raise Raced(f"« {self.target} » avance sur {self.title} : recommencez.")
        return found

    def prepare(self, repo: Repo) -> None:
        """Nothing: the forge's main is ahead of every clone's."""

    def check(self) -> None:
        """ForgeError when the token does not open the project; says why in French."""

    def _remember(self, request: MergeRequest) -> MergeRequest:
        self._seen[request.number] = request
        return request

    def _still(self, now: MergeRequest) -> None:
        """Raced when a request is no longer open, or not as it was when the bot looked."""
        if now.state != "ouverte":
            raise Raced(f"la demande {self.mark}{now.number} n'est plus ouverte.")
        known = self._seen.get(now.number)
        if known is not None and _words(known) != _words(now):
            raise Raced(f"la demande {self.mark}{now.number} vient d'être modifiée.")


def _words(request: MergeRequest) -> tuple[object, ...]:
    return (request.title, request.body, request.labels, request.target, request.draft)


def full_title(wish: Wish, *, prefix: bool) -> str:
    """The title as the forge takes it: one line, not too long, said to be a draft if need be."""
    title = (DRAFT if wish.draft and prefix else "") + markdown.heading(wish.title)
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"


def bare_title(title: str) -> str:
    """A title without what makes a draft of it."""
    return title[found.end() :] if (found := DRAFTED.match(title)) else title


def text_of(body: object) -> str:
    """A body as it was written: web editors change the ends of lines."""
    return str(body or "").replace("\r\n", "\n")


def day_of(moment: object) -> str:
    """The day of a date and time; "" without any."""
    return str(moment or "")[:10]
