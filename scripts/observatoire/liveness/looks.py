"""What one round of looks saw: told to what runs after it (``propose``), never committed.

The series of failures is counted by whoever remembers the looks before: the register in the folder,
or what the bot keeps on the forge.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from observatoire.files import Files
from observatoire.liveness.judge import Rules, judge
from observatoire.liveness.links import dead_links, links
from observatoire.liveness.model import KINDS, Sight
from observatoire.model import Row
from observatoire.register import Register

PATH = ".observatoire/constats.json"
STATES, LINKS = "vivacite", "liens_morts"


@dataclass(frozen=True, slots=True)
class Looks:
    """What was seen of each platform, and of each link (None when links were not looked at)."""

    date: date
    rules: Rules
    platforms: Mapping[str, Sight]
    links: Mapping[str, Sight] | None = None

    def tables(self, memory: Register, register: Register) -> dict[str, list[Row]]:
        """The new lines of the tables that these looks write.

        ``memory`` has the lines of the looks before, ``register`` the platforms and publications.
        """
        platforms = {key[0] for key in register.keyed("plateformes")}
        before = {key[0]: row for key, row in memory.keyed(STATES).items()}
        rows = {
            STATES: [
                judge(before.get(id_), sight, id_, self.date, self.rules)
                for id_, sight in sorted(self.platforms.items())
                if id_ in platforms
            ]
        }
        if self.links is not None:
            numbers = links(register.table("publications").records())
            known = memory.table(LINKS).records()
            rows[LINKS] = dead_links(known, numbers, self.links, self.date, self.rules)
        return rows


def write(looks: Looks) -> bytes:
    """The note of a round of looks."""
    links = looks.links
    content = {
        "date": looks.date.isoformat(),
        "echecs": looks.rules.failures,
        "jours": looks.rules.days,
        "plateformes": _written(looks.platforms),
        "liens": None if links is None else _written(links),
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(files: Files) -> Looks | None:
    """The note of the last round of looks; None when there is none that can be read."""
    try:
        found = json.loads(files.read(PATH) or b"null")
        links = found["liens"]
        return Looks(
            date.fromisoformat(found["date"]),
            Rules(int(found["echecs"]), int(found["jours"])),
            _read(found["plateformes"]),
            None if links is None else _read(links),
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _written(sights: Mapping[str, Sight]) -> dict[str, list[str]]:
    return {name: [s.kind, s.cause, s.site] for name, s in sorted(sights.items())}


def _read(found: Mapping[str, Any]) -> dict[str, Sight]:
    """The sights; raises ValueError for a kind that does not exist."""
    sights = {str(name): Sight(*map(str, cells)) for name, cells in found.items()}
    if any(s.kind not in KINDS for s in sights.values()):
        raise ValueError(found)
    return sights
