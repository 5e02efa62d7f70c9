"""A new harvest set beside the committed one, before anything is compared.

An outage is not a deletion. A publisher that is missing keeps its last known line; when its
platform answered completely, the line gets the date of the first absence, and after a grace period
the statut `disparu`. Nothing else remembers an absence: the committed harvest is the only state.

The settled harvest is what the branch commits, so that the base moves with the register. Laws:
``settle(base, settle(base, t)) == settle(base, t)``, and every line of ``base`` is in the result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from observatoire.model import Key, Row
from observatoire.table import Table, from_records, sort_rows

KEY = ("plateforme", "identifiant")

GRACE_DAYS = 30
"""A migration or a long incident of a portal is over by then; udata archives what its sources
lose after two days and takes it back, so that shorter is only noise."""

DATE_STEP_DAYS = 30
"""A portal with live feeds is "updated today" every day: a newer date that is nearer than that to
the committed one says nothing new, and a merge request for it would be noise."""

MISSING_SHARE, MISSING_COUNT = 0.2, 5
"""Above both, the absences of a platform at once are read as an incomplete answer."""

CARRIED = ("nb_jeux", "nb_reutilisations", "derniere_mise_a_jour", "url")
"""Columns where an empty cell means that the source was silent, not that it said "nothing"."""


@dataclass(frozen=True)
class Settled:
    """The lines by key; the platforms whose answer looks incomplete: (lines lost, lines before).

    ``raw`` are the lines as the source gave them.
    """

    lines: Mapping[Key, Row]
    incomplete: Mapping[str, tuple[int, int]]
    raw: Sequence[Row]

    def table(self, columns: tuple[str, ...]) -> Table:
        """The settled harvest as a table, sorted."""
        table = from_records(columns, self.lines.values())
        return Table(columns, sort_rows(table.rows, columns, KEY))


def settle(base: Table, theirs: Table, date: str) -> Settled:
    """The new harvest with what it does not deny of the committed one."""
    before, now = base.by(*KEY), theirs.by(*KEY)
    incomplete = dict(_incomplete(before, now))
    lines: dict[Key, Row] = {k: _carry(before.get(k), line) for k, line in now.items()}
    for key, line in before.items():
        if key not in now:
            lines[key] = line if key[0] in incomplete else _absent(line, date)
    return Settled(dict(sorted(lines.items())), incomplete, list(now.values()))


def _incomplete(
    before: Mapping[Key, Row], now: Mapping[Key, Row]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Platforms that lost everything, or too much at once: (lines lost, lines before)."""
    known = Counter(k[0] for k, line in before.items() if not absent(line))
    lost = Counter(k[0] for k, line in before.items() if not absent(line) and k not in now)
    answered = {k[0] for k, line in now.items() if not absent(line)}
    for platform, count in sorted(lost.items()):
        many = count > MISSING_COUNT and count > MISSING_SHARE * known[platform]
        if many or platform not in answered:
            yield platform, (count, known[platform])


def _carry(before: Row | None, line: Row) -> Row:
    """The new line, with the committed cells where the source is silent or says nothing new."""
    if before is None:
        return line
    kept = {c: before[c] for c in CARRIED if not line[c]}
    newer = _days(before["derniere_mise_a_jour"], line["derniere_mise_a_jour"])
    if newer is not None and 0 < newer < DATE_STEP_DAYS:
        kept["derniere_mise_a_jour"] = before["derniere_mise_a_jour"]
    return {**line, **kept}


def _absent(line: Row, date: str) -> Row:
    since = line["absent_depuis"] or date
    elapsed = _days(since, date)
    gone = elapsed is not None and elapsed >= GRACE_DAYS
    return {**line, "absent_depuis": since, "statut": "disparu" if gone else line["statut"]}


def absent(line: Row) -> bool:
    """Whether the line is only remembered: the source no longer gives this publisher."""
    return bool(line["absent_depuis"])


def _days(start: str, end: str) -> int | None:
    """Days from one ISO date to another; None when a date is missing or unreadable."""
    try:
        return (Date.fromisoformat(end) - Date.fromisoformat(start)).days
    except ValueError:
        return None
