"""What the bot asks of a forge; one file here per forge, found by discovery.

A module offers ``PRIORITY`` and ``connect(root, environment) -> Forge | None``: None when nothing
says to use that forge (no token). The local forge comes last and always answers.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, cast

from observatoire.git import Person, Repo
from observatoire.model import Breakdown

State = Literal["ouverte", "fermee", "fusionnee"]


class ForgeError(Breakdown):
    """The forge refused or did not answer; the message is French, without secrets."""


class Raced(ForgeError):
    """Somebody did something about this request at the same time; the next run will see it."""


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """A merge request of this project (never one that comes from a fork).

    ``place`` is where a person reads it; ``head`` the last commit of its branch ("" if unknown),
    which stays for ever under the reference ``kept``; ``closed`` the day it ended, "" before.
    """

    number: int
    title: str
    body: str
    branch: str
    target: str
    state: State
    labels: tuple[str, ...]
    draft: bool
    place: str
    head: str
    kept: str
    closed: str


@dataclass(frozen=True, slots=True)
class Note:
    """A comment that the bot itself wrote under a request."""

    id: int
    body: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What the bot wants a request to say; ``labels`` are its own, those of people stay."""

    title: str
    body: str
    labels: tuple[str, ...] = ()
    draft: bool = False


class Forge(Protocol):
    """A place with a Git repository and merge requests. Each method is one call, whole or nothing.

    Every method raises ForgeError; ``create``, ``update`` and ``close`` raise Raced when the
    request is no longer what the caller believes. ``mark`` stands before the number of a request in
    a text (! on GitLab, # on GitHub), ``limit`` is the most bytes of a text. ``variables`` is what
    Git needs in its environment to reach ``remote``: it may hold a token.
    """

    title: str
    mark: str
    remote: str
    target: str
    limit: int
    variables: Mapping[str, str]

    def whoami(self) -> Person:
        """The name and e-mail that the bot commits under."""
        ...

    def base(self, repo: Repo) -> str:
        """The commit to build on, brought into the clone; nothing moves anywhere."""
        ...

    def prepare(self, repo: Repo) -> None:
        """What must be ready before proposing from a clone."""
        ...

    def requests(self, branch: str) -> Sequence[MergeRequest]:
        """All the requests from a branch, open or not, oldest first."""
        ...

    def create(self, branch: str, wish: Wish) -> MergeRequest:
        """A new request; Raced when the branch already has an open one."""
        ...

    def update(self, number: int, wish: Wish) -> None:
        """Rewrite an open request."""
        ...

    def close(self, number: int, body: str, date: str) -> None:
        """Close an open request without merging, and rewrite its body, at once."""
        ...

    def unlabel(self, number: int, label: str) -> None:
        """Take a label off, if it is there."""
        ...

    def notes(self, number: int) -> Sequence[Note]:
        """The notes that the bot wrote under a request, oldest first."""
        ...

    def write_note(self, number: int, body: str, replacing: Note | None) -> None:
        """Write a note, or rewrite one."""
        ...


class Backend(Protocol):
    """What a module of this package offers."""

    PRIORITY: int

    def connect(self, root: Path, environment: Mapping[str, str]) -> Forge | None:
        """The forge, if the environment says to use it."""
        ...


def connect(root: Path, environment: Mapping[str, str]) -> Forge:
    """The first forge that answers, by priority."""
    modules = (
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    )
    found = (cast(Backend, m) for m in modules if hasattr(m, "PRIORITY"))
    backends = sorted(found, key=lambda b: b.PRIORITY)
    for backend in backends:
        forge = backend.connect(root, environment)
        if forge is not None:
            return forge
    raise ForgeError("aucune forge disponible.")
