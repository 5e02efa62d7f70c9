"""What a forge remembers besides Git: accounts, requests, notes, issues, releases, settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

State = Literal["opened", "closed", "merged"]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody; ``member`` may write to the project, as far as its ``level`` goes (GitLab's)."""

    id: int
    username: str
    name: str
    email: str
    member: bool = True
    level: int = 40


@dataclass(frozen=True, slots=True)
class Token:
    """What opens the forge: ``scopes`` as on GitLab; a job's token reads, and releases."""

    value: str
    account: Account
    scopes: frozenset[str] = frozenset(("api", "write_repository"))
    job: bool = False
    expires: str = ""


@dataclass(slots=True)
class Note:
    """A comment; one that the forge itself wrote is ``system``."""

    id: int
    author: Account
    body: str
    created: str
    updated: str
    system: bool = False


@dataclass(slots=True, kw_only=True)
class Thread:
    """What an issue and a request have in common."""

    number: int
    title: str
    body: str
    author: Account
    created: str
    updated: str
    labels: list[str] = field(default_factory=list)
    state: State = "opened"
    ended: str = ""
    ended_by: Account | None = None
    notes: list[Note] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Issue(Thread):
    """An issue; a confidential one is for members only."""

    confidential: bool = False


@dataclass(slots=True, kw_only=True)
class Request(Thread):
    """A merge request; ``fork`` names the account whose copy it comes from, "" for this project.

    ``start`` is where it left the target; ``head`` follows its branch until it ends.
    """

    source: str
    target: str
    head: str
    start: str
    draft: bool = False
    fork: str = ""
    merged_as: str = ""
    tidy: bool = False


@dataclass(slots=True)
class Label:
    """A label of the project."""

    id: int
    name: str
    color: str = "#428BCA"
    description: str = ""


@dataclass(slots=True)
class File:
    """A file attached to a release, or in a package; ``url`` for a link to elsewhere.

    ``state`` is GitHub's: ``uploaded``, or ``starter`` for one that was cut.
    """

    id: int
    name: str
    content: bytes = b""
    url: str = ""
    path: str = ""
    kind: str = "other"
    state: str = "uploaded"


@dataclass(slots=True)
class Release:
    """A release of a tag; a draft of one is GitHub's own."""

    id: int
    tag: str
    name: str
    body: str
    author: Account
    created: str
    target: str
    files: list[File] = field(default_factory=list)
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Status:
    """A check of a commit, set from outside its pipeline; ``state`` is the forge's own word."""

    id: int
    name: str
    state: str
    said: str
    ref: str
    author: Account
    created: str


@dataclass(slots=True)
class Schedule:
    """A pipeline schedule; it runs with the rights of its owner."""

    id: int
    description: str
    ref: str
    cron: str
    owner: Account
    zone: str = "UTC"
    active: bool = True
    variables: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Variable:
    """A variable of the project's pipelines."""

    key: str
    value: str
    protected: bool = False
    masked: bool = False
    scope: str = "*"


@dataclass(slots=True)
class Guard:
    """What protects a branch or a tag: the levels that may push, merge, force."""

    push: int = 40
    merge: int = 40
    force: bool = False


@dataclass(slots=True)
class Pipeline:
    """A pipeline that ran."""

    id: int
    ref: str
    status: str
    source: str
    created: str
