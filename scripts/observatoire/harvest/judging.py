"""What enters ``data/moissons/`` after a harvest: the rows of the portals that answered well.

Without network: a portal that fails keeps its last rows. A sudden fall or rise is read as a failure
at first; a portal that goes on saying so for two weeks is believed enough to ask a person: its rows
enter, and ``reconcile`` makes of them an anomaly, that is a draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from observatoire import french
from observatoire.files import differing
from observatoire.harvest import aliases
from observatoire.harvest.model import FOLDER, JOURNAL, Harvest, Outcome, volume
from observatoire.model import Key, Row
from observatoire.register import Register, path_of
from observatoire.settle import settle
from observatoire.table import from_records

STALE = timedelta(days=7)
"""The journal's date moves when the rows do, or after a week: a date alone is no daily news."""

DOUBT = timedelta(days=14)
"""After so long without a plausible harvest, a person decides: an incident is over by then."""

FEW = 20
"""Below, halving or doubling is everyday life."""
LEAST_SHARE = 0.5
MOST_TIMES = 10


def merge(
    register: Register, outcomes: Iterable[Outcome], today: date, *, trusted: Collection[str] = ()
) -> Harvest:
    """The harvest tables once good outcomes replace the last ones, platform by platform.

    ``trusted`` names the platforms whose volumes a person has checked. Two platforms that say the
    same are one portal: see ``aliases``.
    """
    by_source: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_source.setdefault(outcome.source, []).append(outcome)
    journal = register.keyed(JOURNAL)
    judged: list[Outcome] = []
    changes: dict[str, bytes] = {}
    for source, group in sorted(by_source.items()):
        last = _last_rows(register, source)
        verdicts = [
            _judge(o, last, None if o.plateforme in trusted else _until(journal, o), today)
            for o in aliases.told(group, trusted)
        ]
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

    ``before`` are those of the last good harvest, None for a first one. Under the ``floor``, no
    time and no person makes it right: see ``too_few``.
    """
    if few := too_few(after, floor):
        return few
    if before is None:
        return ""
    for last, now, what in zip(before, after, ("publicateurs", "jeux de données"), strict=True):
        if last >= FEW and now < last * LEAST_SHARE:
            return f"{now} {what} au lieu de {last} : chute trop forte pour être vraie"
        if now >= FEW and last and now > last * MOST_TIMES:
            return f"{now} {what} au lieu de {last} : hausse trop forte pour être vraie"
    return ""


def too_few(volume: tuple[int, int], floor: int) -> str:
    """Why so few publishers are no answer; "" when they are enough."""
    if volume[0] >= floor:
        return ""
    return f"{french.counted(volume[0], 'publicateur')} seulement, il en faut au moins {floor}"


def _until(journal: Mapping[Key, Row], outcome: Outcome) -> date:
    """The day from which what cannot be true is a question: long after the last good harvest."""
    last = journal.get((outcome.source, outcome.plateforme), {}).get("derniere_reussite")
    return date.fromisoformat(last) + DOUBT if last else date.max


def _last_rows(register: Register, source: str) -> dict[str, list[Row]]:
    """The last good rows of a source, by platform."""
    last: dict[str, list[Row]] = {}
    for row in register.table(f"{FOLDER}/{source}").records():
        last.setdefault(row["plateforme"], []).append(row)
    return last


def _judge(
    outcome: Outcome, last: Mapping[str, Sequence[Row]], until: date | None, today: date
) -> Outcome:
    """The outcome beside the last harvest, turned into a failure when it cannot be right.

    ``until`` is the day from which a person is asked; None when one has confirmed already.
    """
    rows = last.get(outcome.plateforme)
    before = volume(rows) if rows else None
    error = outcome.error
    if not error and until is not None:
        if few := too_few(outcome.volume, outcome.floor):
            error = f"{few} ; si c'est exact : --confirmer {outcome.plateforme}"
        elif today < until and (doubt := implausible(before, outcome.volume, outcome.floor)):
            error = f"{doubt} ;{_asked(until)} si c'est exact : --confirmer {outcome.plateforme}"
    return replace(outcome, before=before, error=error)


def _asked(until: date) -> str:
    """When a person will be asked, if it lasts; "" when nobody knows."""
    if until == date.max:
        return ""
    return f" si cela dure, proposé en brouillon le {french.day(until.isoformat())} ;"


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
