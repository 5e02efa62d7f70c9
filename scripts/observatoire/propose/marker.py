"""The hidden lines by which the bot knows its own requests and notes, and what they proposed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from observatoire.model import Key
from observatoire.plan import Plan

MARKER = re.compile(
    r"^<!-- observatoire v1 sujet=(?P<topic>[a-z0-9-]+) cle=(?P<key>[a-z0-9:-]+)"
    r" empreinte=(?P<print>[a-z0-9:]+) -->\s*$",
    re.M,
)
"""A line of its own: text from outside never stands at the start of a line."""
MORE = "<!-- observatoire v1 suite -->"
"""The line of a body that holds back something for the next request."""
STALE = "perimee"
"""The key of a request that the bot itself closed: no refusal by anyone."""


@dataclass(frozen=True, slots=True)
class Marker:
    """The hidden line of a request: its topic, the hash of what it proposes, that of its text."""

    topic: str
    key: str
    fingerprint: str

    def line(self) -> str:
        """The line, to be put in a body."""
        return (
            f"<!-- observatoire v1 sujet={self.topic} cle={self.key}"
            f" empreinte={self.fingerprint} -->"
        )


def read(body: str) -> Marker | None:
    """The last hidden line of a body; None when a person removed it."""
    found = list(MARKER.finditer(body))[-1:]
    return Marker(found[0]["topic"], found[0]["key"], found[0]["print"]) if found else None


def note_line(topic: str, kind: str) -> str:
    """The hidden line of a note; one note of a kind per request."""
    return f"<!-- observatoire v1 sujet={topic} note={kind} -->"


def key_of(plan: Plan) -> str:
    """The hash of the set of (table, key, field, new value) that a plan proposes.

    A new line is one item whatever its cells, as in ``refus.csv``: a refused body must not come
    back because it has one dataset more. Questions and absences count only when nothing else is
    proposed: a new doubt must not bring back changes that a person refused.
    """
    cells: set[tuple[str, Key, str, str]] = {(a.table, a.key, "*", "*") for a in plan.additions}
    cells |= {(e.table, e.key, e.field, e.after) for e in plan.edits}
    questions: set[tuple[str, Key, str, str]] = {
        ("?", (d.plateforme, d.identifiant), "siren", "|".join(d.sirens)) for d in plan.doubts
    }
    questions |= {(f"?{c.table}", c.key, c.field, c.theirs) for c in plan.conflicts}
    questions |= {("absent", key, "", "") for key in plan.absents}
    questions |= {("revenu", key, "", "") for key in plan.revenus}
    return digest(sorted(cells or questions))


def digest(values: Iterable[object]) -> str:
    """The hash of some values, as ``sha256:...``."""
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"
