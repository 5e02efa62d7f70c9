"""All the platforms asked at once, each for itself: one that fails is one French sentence."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from observatoire.harvest.model import FOLDER, Outcome, Target, Tick
from observatoire.model import Breakdown, Row, SourceError
from observatoire.register import Register
from observatoire.schema import Schema
from observatoire.sources.kit import door
from observatoire.web import Clock, Shelves, Web, metered

LONGEST = 40 * 60.0
"""Seconds for one platform, below the hour after which most CI runners stop a job."""

COLLECTIONS = (50_000, 50, 1_000)
"""Thresholds of the garbage collector during a harvest; memory does not grow for it (measured)."""

CLAIMED = 20
"""A portal that has not a twentieth of the bodies that it claims to host answered something else:
data.gouv.fr claimed 3,000 in 2022 and has 6,000, DatARA 20 where one published."""

MAX_DIGITS = 8

MOST_ROWS = 100_000
"""Publishers of one platform. All of data.gouv.fr has about 6,000."""


def gather(
    register: Register,
    chosen: Sequence[Target],
    today: date,
    *,
    tick: Tick = lambda _: None,
    shelves: Shelves | None = None,
) -> list[Outcome]:
    """What the platforms say; ``shelves`` are where answers are kept, or read without network."""

    async def work() -> list[Outcome]:
        allowed = [t.base for t in chosen if t.base]
        # What is played again does not wait: nobody is there to be left in peace.
        clock = Clock(sleep=_at_once) if shelves and shelves.replay else Clock()
        async with Web(allowed=allowed, clock=clock, shelves=shelves) as web:
            return await collect(chosen, web, register.schema(FOLDER), today, tick)

    with _rare_collections():
        return asyncio.run(work())


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Millions of short-lived values without cycles: to look for some takes a tenth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECTIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


async def collect(
    chosen: Sequence[Target], web: Web, schema: Schema, today: date, tick: Tick
) -> list[Outcome]:
    """Ask all the platforms at once; ``tick`` is told the source of each that is done."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_one(t, web, schema, today, tick)) for t in chosen]
    except ExceptionGroup as several:
        # A full disk stops all: one sentence is enough.
        breakdown = next((e for e in several.exceptions if isinstance(e, Breakdown)), None)
        raise breakdown or several from None
    return [t.result() for t in tasks]


async def _one(target: Target, web: Web, schema: Schema, today: date, tick: Tick) -> Outcome:
    source, platform = target.connector.SOURCE, target.platform["id"]
    with metered() as cost:
        try:
            async with asyncio.timeout(LONGEST):
                rows = door.admit(await _rows(target, web, today), schema)
            return Outcome(source.id, platform, rows, floor=least(target), cost=cost)
        except (SourceError, TimeoutError) as failure:
            error = str(failure) or f"la moisson dure plus de {LONGEST / 60:.0f} minutes."
            return Outcome(source.id, platform, error=error, cost=cost)
        finally:
            tick(source.id)


def least(target: Target) -> int:
    """The least number of publishers that a platform can have, of those that it claims to host."""
    claimed = target.platform.get("nb_structures_declare", "")
    few = int(claimed) // CLAIMED if claimed.isdecimal() and len(claimed) < MAX_DIGITS else 0
    return max(target.connector.SOURCE.floor, few)


async def _rows(target: Target, web: Web, today: date) -> list[Row]:
    """Every row of a platform; raises SourceError."""
    rows: list[Row] = []
    async for row in target.connector.harvest(target.platform, web, today):
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise SourceError(f"la plateforme annonce plus de {MOST_ROWS} publicateurs.")
    return rows


async def _at_once(_: float) -> None:
    """A wait that is over."""
