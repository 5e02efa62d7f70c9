"""The harvest: ask every portal in parallel, keep what is complete and plausible.

``collect`` talks to the network; ``merge`` decides, without it, what enters ``data/moissons/``: a
portal that fails keeps its last rows, and a sudden fall or rise is refused.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from observatoire.files import Changes, differing
from observatoire.model import Row, SourceError
from observatoire.register import Register, path_of
from observatoire.schema import Schema
from observatoire.settle import settle
from observatoire.sources import Connector, discover
from observatoire.sources.kit import door
from observatoire.table import from_records
from observatoire.web import Web

FOLDER = "moissons"
JOURNAL = f"{FOLDER}/journal"

STALE = timedelta(days=7)
"""The journal's date moves when the rows do, or after a week: a date alone is no daily news."""

FEW = 20
"""Below, halving or doubling is everyday life."""
LEAST_SHARE = 0.5
MOST_TIMES = 10

Tick = Callable[[str], None]


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
    publishers and of datasets in its last good harvest, or None.
    """

    source: str
    plateforme: str
    rows: tuple[Row, ...] = ()
    error: str = ""
    floor: int = 0
    before: tuple[int, int] | None = None

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


def targets(
    platforms: Iterable[Row],
    *,
    sources: Collection[str] = (),
    only: Collection[str] = (),
    bases: Mapping[str, str] | None = None,
) -> list[Target]:
    """The platforms that a connector reads, inactive ones aside unless ``only`` names them.

    ``sources`` and ``only`` narrow the choice to some sources and platforms; ``bases`` replaces
    the address of a platform's API.
    """
    connectors = discover()
    by_techno = {t: c for c in connectors.values() for t in c.SOURCE.technos}
    found = []
    for platform in platforms:
        connector = by_techno.get(platform["techno"])
        if connector is None or (sources and connector.SOURCE.id not in sources):
            continue
        if platform["id"] in only or not (only or platform["statut"] == "inactive"):
            base = (bases or {}).get(platform["id"], "")
            moved = {**platform, "url_api": base} if base else platform
            found.append(Target(connector, moved, base))
    return found


def run(
    register: Register,
    chosen: Sequence[Target],
    today: date,
    *,
    trusted: Collection[str] = (),
    tick: Tick = lambda _: None,
) -> Harvest:
    """Ask the platforms, and judge what they say beside the register; nothing is written.

    ``trusted`` names the platforms whose volumes a person has checked.
    """

    async def work() -> list[Outcome]:
        async with Web(allowed=[t.base for t in chosen if t.base]) as web:
            return await collect(chosen, web, register.schema(FOLDER), today, tick)

    return merge(register, asyncio.run(work()), today, trusted=trusted)


async def collect(
    chosen: Sequence[Target], web: Web, schema: Schema, today: date, tick: Tick
) -> list[Outcome]:
    """Ask all the platforms at once; ``tick`` is told the source of each that is done."""

    async def one(target: Target) -> Outcome:
        source, platform = target.connector.SOURCE, target.platform
        try:
            rows = [r async for r in target.connector.harvest(platform, web, today)]
            return Outcome(source.id, platform["id"], door.admit(rows, schema), floor=source.floor)
        except SourceError as error:
            return Outcome(source.id, platform["id"], error=str(error))
        finally:
            tick(source.id)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(t)) for t in chosen]
    return [t.result() for t in tasks]


def merge(
    register: Register, outcomes: Iterable[Outcome], today: date, *, trusted: Collection[str] = ()
) -> Harvest:
    """The harvest tables once good outcomes replace the last ones, platform by platform.

    ``trusted`` names the platforms whose volumes a person has checked.
    """
    by_source: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_source.setdefault(outcome.source, []).append(outcome)
    journal = register.keyed(JOURNAL)
    judged: list[Outcome] = []
    changes: dict[str, bytes] = {}
    for source, group in sorted(by_source.items()):
        last = _last_rows(register, source)
        verdicts = [_judge(o, last, trusted=o.plateforme in trusted) for o in group]
        judged += verdicts
        good = [o for o in verdicts if not o.error]
        if good:
            changes[path_of(f"{FOLDER}/{source}")] = _table(register, source, last, good, today)
            for outcome in good:
                key = (source, outcome.plateforme)
                journal[key] = _entry(register, outcome, journal.get(key), today)
    if changes:
        log = from_records(register.schema(JOURNAL).columns, journal.values())
        changes[path_of(JOURNAL)] = register.bytes_of(JOURNAL, log)
    return Harvest(tuple(judged), differing(register.files, changes))


def implausible(before: tuple[int, int] | None, after: tuple[int, int], floor: int) -> str:
    """Why a harvest of these volumes (publishers, datasets) cannot be right; "" when it may be.

    ``before`` are those of the last good harvest, None for a first one.
    """
    if after[0] < floor:
        return f"{after[0]} publicateur(s) seulement, il en faut au moins {floor}"
    if before is None:
        return ""
    for last, now, what in zip(before, after, ("publicateurs", "jeux de données"), strict=True):
        if last >= FEW and now < last * LEAST_SHARE:
            return f"{now} {what} au lieu de {last} : chute trop forte pour être vraie"
        if now >= FEW and last and now > last * MOST_TIMES:
            return f"{now} {what} au lieu de {last} : hausse trop forte pour être vraie"
    return ""


def volume(rows: Iterable[Row]) -> tuple[int, int]:
    """The number of publishers and of their datasets, those that are only remembered aside."""
    counts = [int(row.get("nb_jeux") or 0) for row in rows if not row.get("absent_depuis")]
    return len(counts), sum(counts)


def _last_rows(register: Register, source: str) -> dict[str, list[Row]]:
    """The last good rows of a source, by platform."""
    last: dict[str, list[Row]] = {}
    for row in register.table(f"{FOLDER}/{source}").records():
        last.setdefault(row["plateforme"], []).append(row)
    return last


def _judge(outcome: Outcome, last: Mapping[str, Sequence[Row]], *, trusted: bool) -> Outcome:
    """The outcome beside the last harvest, turned into a failure when it cannot be right."""
    rows = last.get(outcome.plateforme)
    before = volume(rows) if rows else None
    error = outcome.error
    if not error and not trusted:
        doubt = implausible(before, outcome.volume, outcome.floor)
        error = doubt and f"{doubt} ; si c'est exact : --confirmer {outcome.plateforme}"
    return replace(outcome, before=before, error=error)


def _table(
    register: Register,
    source: str,
    last: Mapping[str, Sequence[Row]],
    good: Iterable[Outcome],
    today: date,
) -> bytes:
    """The harvest to write: settled, so that reconciling and committing it changes no byte more.

    A platform that lost too much at once stays as it answered: reconciling says so to a person.
    """
    name = f"{FOLDER}/{source}"
    columns = register.schema(name).columns
    now = {**last, **{o.plateforme: o.rows for o in good}}
    rows = from_records(columns, [row for rows in now.values() for row in rows])
    settled = settle(register.table(name), rows, today.isoformat())
    whole = [r for r in settled.lines.values() if r["plateforme"] not in settled.incomplete]
    partial = [r for r in settled.raw if r["plateforme"] in settled.incomplete]
    return register.bytes_of(name, from_records(columns, [*whole, *partial]))


def _entry(
    register: Register, outcome: Outcome, before: Mapping[str, str] | None, today: date
) -> dict[str, str]:
    """The journal's line for a good harvest; the last one while nothing changes for a week."""
    name = f"{FOLDER}/{outcome.source}"
    table = from_records(register.schema(name).columns, outcome.rows)
    digest = hashlib.sha256(register.bytes_of(name, table)).hexdigest()[:16]
    if before and before["empreinte"] == digest:
        recorded = date.fromisoformat(before["derniere_reussite"] or date.min.isoformat())
        if today - recorded <= STALE:
            return dict(before)
    return {
        "source": outcome.source,
        "plateforme": outcome.plateforme,
        "derniere_reussite": today.isoformat(),
        "lignes": str(len(outcome.rows)),
        "empreinte": digest,
    }
