"""A harvest spread over several machines: each asks its part, one puts the parts together.

The split only depends on the host that a platform stands on: one host is never asked by two
machines at once, and nobody needs to know what the others do.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yarl import URL

from observatoire.harvest.model import Outcome, Target
from observatoire.model import Finding, Malformed, SourceError
from observatoire.schema import Schema
from observatoire.sources.kit import door
from observatoire.sources.kit.shape import mapping, mappings, number, text
from observatoire.web import Json, Meter

FILE = re.compile(r"partie-[0-9]+-sur-[0-9]+\.json")
WRITTEN = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


@dataclass(frozen=True, order=True, slots=True)
class Share:
    """Part ``number`` of ``total``, from 1."""

    number: int
    total: int

    @property
    def file(self) -> str:
        """The name of the file that holds this part."""
        return f"partie-{self.number}-sur-{self.total}.json"

    def of(self, chosen: Iterable[Target]) -> list[Target]:
        """The platforms of this part."""
        return [t for t in chosen if _rank(_host(t)) % self.total == self.number - 1]


@dataclass(frozen=True, slots=True)
class Part:
    """What one machine harvested, on which day."""

    share: Share
    day: date
    outcomes: tuple[Outcome, ...]


def parse(words: str) -> Share:
    """The share written « 3/8 »; raises ValueError."""
    found = WRITTEN.fullmatch(words)
    if not found or int(found[1]) > int(found[2]):
        raise ValueError(f"not a share: {words}")
    return Share(int(found[1]), int(found[2]))


def write(part: Part) -> bytes:
    """The file of a part: the same outcomes always give the same bytes."""
    outcomes = sorted(part.outcomes, key=lambda o: (o.source, o.plateforme))
    content = {
        "partie": part.share.number,
        "sur": part.share.total,
        "date": part.day.isoformat(),
        "plateformes": [_described(o) for o in outcomes],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(content: bytes, file: str, schema: Schema) -> Part:
    """The part that a file holds; raises Malformed."""
    try:
        found: Json = json.loads(content)
        share = parse(f"{found['partie']}/{found['sur']}")
        day = date.fromisoformat(found["date"])
        outcomes = tuple(_outcome(o, schema) for o in mappings(found, "plateformes"))
    except (ValueError, KeyError, TypeError, RecursionError, SourceError):
        raise _bad(file, "ce fichier n'est pas une partie de moisson.") from None
    return Part(share, day, outcomes)


def assemble(parts: Mapping[str, Part]) -> tuple[list[Outcome], date, list[Share]]:
    """All the outcomes of parts by file name, their day, and the parts that are missing.

    Raises Malformed when they are not parts of one harvest.
    """
    if not parts:
        raise _bad("", "aucune partie de moisson (partie-….json) dans ce qui est donné.")
    first = next(iter(parts.values()))
    seen: dict[Share, str] = {}
    for file, part in sorted(parts.items()):
        if (part.share.total, part.day) != (first.share.total, first.day):
            raise _bad(file, "cette partie n'est pas de la même moisson que les autres.")
        if part.share in seen and parts[seen[part.share]] != part:
            raise _bad(file, f"cette partie dit autre chose que « {seen[part.share]} ».")
        seen.setdefault(part.share, file)
    everyone = [Share(n, first.share.total) for n in range(1, first.share.total + 1)]
    outcomes = [o for share in sorted(seen) for o in parts[seen[share]].outcomes]
    return outcomes, first.day, [s for s in everyone if s not in seen]


def _host(target: Target) -> str:
    """What is asked of one machine only: a host, or the platform when it has no address."""
    platform = target.platform
    try:
        host = URL(platform.get("url_api") or platform.get("url", "")).authority
    except ValueError:
        host = ""
    return host or platform["id"]


def _rank(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")


def _described(outcome: Outcome) -> Json:
    cost = outcome.cost
    return {
        "source": outcome.source,
        "plateforme": outcome.plateforme,
        "erreur": outcome.error,
        "minimum": outcome.floor,
        "requetes": cost.requests,
        "inchangees": cost.unchanged,
        "octets": cost.received,
        "deplacees": dict(sorted(cost.moved.items())),
        "lignes": [{k: v for k, v in row.items() if v} for row in outcome.rows],
    }


def _outcome(found: Json, schema: Schema) -> Outcome:
    """An outcome as it was described; raises KeyError or SourceError."""
    rows = tuple(_row(r, schema) for r in mappings(found, "lignes"))
    cost = Meter(
        number(found, "requetes") or 0,
        number(found, "inchangees") or 0,
        number(found, "octets") or 0,
        {k: str(v) for k, v in mapping(found, "deplacees").items()},
    )
    return Outcome(
        source=found["source"],
        plateforme=found["plateforme"],
        rows=door.admit(rows, schema),
        error=text(found, "erreur"),
        floor=number(found, "minimum") or 0,
        cost=cost,
    )


def _row(found: Mapping[str, Json], schema: Schema) -> dict[str, str]:
    return {name: text(found, name) for name in schema.columns}


def _bad(file: str, message: str) -> Malformed:
    return Malformed(Finding("moisson-en-parties", message, file=file))
