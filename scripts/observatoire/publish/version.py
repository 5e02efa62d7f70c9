"""The number of a release, computed from what changed since the last one (ADR 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from observatoire.model import Finding, Malformed
from observatoire.publish.compatibility import Level

FIRST = "v1.0.0"

_TAG = re.compile(r"v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")

Number = tuple[int, int, int]


def number(tag: str) -> Number | None:
    """The three numbers of a tag; None when it is not a version."""
    found = _TAG.fullmatch(tag)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def newest(tags: Iterable[str]) -> str:
    """The highest version among some tags; "" without any."""
    found = [(n, tag) for tag in tags if (n := number(tag))]
    return max(found, default=((0, 0, 0), ""))[1]


def following(last: str, level: Level) -> str:
    """The tag after ``last`` for a change of that level."""
    found = number(last)
    if found is None:
        return FIRST
    major, minor, patch = found
    if level is Level.MAJOR:
        return f"v{major + 1}.0.0"
    return f"v{major}.{minor + 1}.0" if level is Level.MINOR else f"v{major}.{minor}.{patch + 1}"


def chosen(asked: str, last: str, level: Level) -> str:
    """The tag for a version that a person asked for; raises Malformed when it is too low."""
    tag = f"v{asked.removeprefix('v')}"
    found = number(tag)
    if found is None:
        raise _refused(f"« {asked} » n'est pas un numéro de version : écrivez par exemple 1.2.0.")
    least = following(last, level)
    if last and found < (number(least) or found):
        raise _refused(
            f"la version {tag} est trop basse : ce qui a changé depuis {last} demande au moins"
            f" {least}."
        )
    return tag


def _refused(message: str) -> Malformed:
    return Malformed(Finding("version", message))
