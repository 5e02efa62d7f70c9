"""The values of a set-up: what is wanted of a forge, what it has, the steps between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Part = Literal["etiquettes", "protections", "reglages", "programmes", "variables", "modeles"]
Verb = Literal["creer", "changer", "laisser", "main"]
"""« main »: only a person can do it, by hand."""

TITLES: Mapping[Part, str] = {
    "etiquettes": "Étiquettes",
    "protections": "Branches et versions protégées",
    "reglages": "Réglages du projet",
    "programmes": "Pipelines programmés",
    "variables": "Variables secrètes",
    "modeles": "Modèles de tickets et de demandes",
}
NOBODY, DEVELOPER, MAINTAINER, OWNER = 0, 30, 40, 50
ADMIN_ON_GITHUB = MAINTAINER
"""An administrator there may what a maintainer may on GitLab."""
ROLES = {NOBODY: "personne", DEVELOPER: "développeurs", MAINTAINER: "responsables"}


@dataclass(frozen=True, slots=True)
class Label:
    """A label; ``color`` is « #rrggbb »."""

    name: str
    color: str
    about: str


@dataclass(frozen=True, slots=True)
class Guard:
    """A protected branch, or a protected tag; the least role that pushes, and that merges."""

    kind: Literal["branche", "version"]
    name: str
    push: int
    merge: int = NOBODY
    force: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A pipeline of main at given hours, told apart by the variable ROLE."""

    role: str
    cron: str
    about: str


@dataclass(frozen=True, slots=True)
class Held:
    """A schedule that a forge has; ``unfinished`` when its making was cut short."""

    id: int
    role: str
    cron: str
    active: bool
    owner: str
    owner_id: int
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Secret:
    """A variable that a person fills; ``scope`` is the only environment that sees it."""

    name: str
    about: str
    required: bool = False
    scope: str = "*"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a variable on a forge: never its value."""

    protected: bool
    masked: bool
    scope: str = "*"


@dataclass(frozen=True, slots=True)
class Setting:
    """An option of the project, under the forge's own name; ``page`` is where a person finds it."""

    name: str
    value: object
    about: str
    page: str


@dataclass(frozen=True, slots=True)
class Me:
    """Who looks: an account, its role here, what its token opens and until when ("" unknown)."""

    name: str
    id: int
    level: int
    scopes: frozenset[str] = frozenset()
    expires: str = ""


@dataclass(frozen=True)
class Found:
    """What a forge has; ``closed`` says why some parts cannot be read with this token."""

    project: str
    me: Me
    labels: frozenset[str] = frozenset()
    guards: Mapping[tuple[str, str], Guard] = field(default_factory=dict)
    schedules: Sequence[Held] = ()
    secrets: Mapping[str, Kept] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)
    templates: frozenset[str] = frozenset()
    closed: Mapping[Part, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wanted:
    """All that is wanted of one forge."""

    labels: Sequence[Label]
    guards: Sequence[Guard]
    schedules: Sequence[Schedule]
    secrets: Sequence[Secret]
    settings: Sequence[Setting]
    templates: frozenset[str]


@dataclass(frozen=True)
class Step:
    """One thing to do, or done already; ``said`` is French, ``wish`` what a workshop needs."""

    part: Part
    verb: Verb
    said: str
    wish: Label | Guard | Schedule | Setting | None = None
    page: str = ""
    why: str = ""
    ident: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """A pipeline of main: when, whether it ended and how, where a person reads it."""

    date: str
    ended: bool
    good: bool
    place: str


class Workshop(Protocol):
    """A forge that can be looked at and set; raises ForgeError. Nothing is ever deleted."""

    title: str
    wanted: Wanted

    def look(self) -> Found:
        """What the forge has now."""
        ...

    def do(self, step: Step) -> None:
        """Create or change one thing."""
        ...

    def page(self, name: str) -> str:
        """The address where a person sets something."""
        ...

    def ran(self) -> Sequence[Ran]:
        """The last scheduled pipelines of main, newest first."""
        ...

    def site(self) -> str:
        """The address of the published site; "" without any."""
        ...

    def role_for(self, part: Part) -> str:
        """The role that a token needs to set a part, in words."""
        ...
