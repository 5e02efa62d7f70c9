"""The values of a harvest: whom to ask, what each one gave, what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from observatoire.files import Changes
from observatoire.model import Row
from observatoire.sources import Connector
from observatoire.web import Meter

FOLDER = "moissons"
JOURNAL = f"{FOLDER}/journal"

Tick = Callable[[str], None]
"""Told the source of each platform that is done."""


@dataclass(frozen=True, slots=True)
class Target:
    """A platform, and the connector that its technology calls for.

    ``base`` is the address that the operator gave instead of the platform's: it may be private.
    """

    connector: Connector
    platform: Row
    base: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one platform gave: rows, or a French sentence that says why it gave none.

    ``floor`` is the least number of publishers that it can have. ``before`` is the number of
    publishers and of datasets in its last good harvest, or None. ``cost`` is what it was asked.
    """

    source: str
    plateforme: str
    rows: tuple[Row, ...] = ()
    error: str = ""
    floor: int = 0
    before: tuple[int, int] | None = None
    cost: Meter = field(default_factory=Meter, compare=False)

    @property
    def volume(self) -> tuple[int, int]:
        """The number of publishers and of their datasets."""
        return volume(self.rows)


@dataclass(frozen=True, slots=True)
class Harvest:
    """The outcome of each platform, and the files that change."""

    outcomes: tuple[Outcome, ...]
    changes: Changes

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The platforms whose last good rows are kept."""
        return tuple(o for o in self.outcomes if o.error)


def volume(rows: Iterable[Row]) -> tuple[int, int]:
    """The number of publishers and of their datasets, those that are only remembered aside."""
    counts = [int(row.get("nb_jeux") or 0) for row in rows if not row.get("absent_depuis")]
    return len(counts), sum(counts)
