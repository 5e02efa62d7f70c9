"""Which platforms answered the last harvest: told to what runs after it, never committed.

A harvest leaves the last rows of a platform that failed as they are in the folder. Without this
note, the next step could not tell them from an answer that says again what main says.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Protocol

from observatoire.files import Files

PATH = ".observatoire/moisson.json"

Heard = Mapping[str, frozenset[str]]
"""The platforms that answered, by source."""


class Outcome(Protocol):
    """What one platform gave; ``error`` says why it gave nothing."""

    @property
    def source(self) -> str: ...

    @property
    def plateforme(self) -> str: ...

    @property
    def error(self) -> str: ...


def write(outcomes: Iterable[Outcome]) -> bytes:
    """The note of a harvest."""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        platforms = found.setdefault(outcome.source, [])
        if not outcome.error:
            platforms.append(outcome.plateforme)
    content = {source: sorted(platforms) for source, platforms in sorted(found.items())}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(files: Files) -> Heard | None:
    """The note of the last harvest in a folder; None when there is none that can be read."""
    try:
        found = json.loads(files.read(PATH) or b"null")
        return {source: frozenset(platforms) for source, platforms in found.items()}
    except (ValueError, AttributeError, TypeError):
        return None
