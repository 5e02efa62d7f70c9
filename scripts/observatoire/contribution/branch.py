"""Recognising a contribution made with Datami: its branch, its merge request, its right target."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

# datami.md, 8.3: the identifier is a random UUID, the same for a whole visit.
BRANCH = re.compile(
    r"datami-([0-9]{4}-[0-9]{2}-[0-9]{2})-([a-z0-9-]+)-"
    r"([0-9a-f]{8})-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
)
TITLE = re.compile(r"\ADatami\b.*\bContribution from\b", re.DOTALL)
BODY = re.compile(r"added some contributions on branch '([^'\n]*)', to add to branch '([^'\n]*)'")


@dataclass(frozen=True, slots=True)
class Visit:
    """What the name of a branch says: the day, the file (``organisations-csv``), whose visit."""

    branch: str
    date: str
    slug: str
    visit: str

    @property
    def topic(self) -> str:
        """The topic under which the contribution is proposed: the same for the whole visit."""
        return f"contribution-{self.date}-{self.slug.removesuffix('-csv')}-{self.visit}"

    def names(self, path: str) -> bool:
        """Whether the slug is that of this file."""
        return slug(path.rpartition("/")[2]) == self.slug


def recognise(branch: str) -> Visit | None:
    """The visit that a branch comes from; None for any other branch."""
    found = BRANCH.fullmatch(branch)
    if found is None:
        return None
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return None
    return Visit(branch, found[1], found[2], found[3])


def slug(name: str) -> str:
    """A file name as Datami writes it in a branch."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def target(title: str, body: str) -> str:
    """The branch or tag that the visitor's page was reading; "" for another kind of request."""
    found = BODY.search(body)
    if found is None or not TITLE.search(title) or recognise(found[1]) is None:
        return ""
    return found[2]


def retarget(aim: str, branches: Collection[str], default: str) -> str:
    """The branch to aim at when ``aim`` is none that people edit, else "".

    ``branches`` are those that take contributions. A tag, or the branch of the releases, does not:
    the forge refuses the one, the other is overwritten by the next release (datami.md, 8.9).
    """
    return "" if aim in branches else default
