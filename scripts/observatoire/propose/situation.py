"""Where things stand, for the dashboard: what sources give, what waits, what was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import timedelta

from observatoire.model import Breakdown, Malformed, Row
from observatoire.propose import wishes
from observatoire.propose.body import topic_of
from observatoire.propose.bot import declined, refusal_of
from observatoire.propose.forges import MergeRequest
from observatoire.propose.proposal import ERRANDS, branch_of
from observatoire.propose.round import Round

LATE_DAYS = 14
"""The journal moves within a week even when nothing changes: past two, the harvest fails."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its platforms with the day of their last good harvest ("" for none)."""

    title: str
    dates: Mapping[str, str]
    publishers: int


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the dashboard tells; ``late`` are platforms with their last good harvest.

    ``waiting`` and ``broken`` are (source, sentence); ``refusals`` and ``locks`` count the lines of
    main's tables; ``names`` are those of the platforms.
    """

    sources: Sequence[Source]
    opened: Sequence[MergeRequest]
    refused: Sequence[MergeRequest]
    waiting: Sequence[tuple[str, str]]
    broken: Sequence[tuple[str, str]]
    late: Sequence[tuple[str, str]]
    refusals: int
    locks: int
    mark: str
    names: Mapping[str, str] = field(default_factory=dict)


def look(current: Round, technos: Mapping[str, str]) -> Situation:
    """Where things stand; ``technos`` gives the source that reads each technology."""
    journal = list(current.work.table(wishes.JOURNAL).records())
    expected = _expected(current, technos)
    requests = {
        s: current.forge.requests(branch_of(topic_of(s)))
        for s in sorted({*current.sources(), *expected, *ERRANDS})
    }
    opened = [r for found in requests.values() for r in found if r.state == "ouverte"]
    silent = {s: requests[s] for s in current.sources() if not _open(requests[s])}
    waiting, broken = _unsaid(current, silent)
    sources = [_source(current, s, expected.get(s, ()), journal) for s in requests]
    return Situation(
        sources=[s for s in sources if s.dates],
        opened=opened,
        refused=[r for found in requests.values() for r in declined(found)],
        waiting=waiting,
        broken=broken,
        late=_late(sources, current.date),
        refusals=len(current.main.table("refus")),
        locks=sum(r["statut"] == "actif" for r in current.main.table("verrous").records()),
        mark=current.forge.mark,
        names={r["id"]: r["nom"] for r in current.main.table("plateformes").records()},
    )


def _open(requests: Sequence[MergeRequest]) -> bool:
    return any(r.state == "ouverte" for r in requests)


def _expected(current: Round, technos: Mapping[str, str]) -> dict[str, list[str]]:
    """The platforms that each source should give: those that are not known to be inactive."""
    found: dict[str, list[str]] = {}
    for row in current.main.table("plateformes").records():
        if row["techno"] in technos and row["statut"] != "inactive":
            found.setdefault(technos[row["techno"]], []).append(row["id"])
    return found


def _source(current: Round, source: str, expected: Sequence[str], journal: Sequence[Row]) -> Source:
    own = [r for r in journal if r["source"] == source]
    dates = dict.fromkeys(expected, "") | {r["plateforme"]: r["derniere_reussite"] for r in own}
    publishers = sum(int(r["lignes"]) for r in own if r["lignes"].isdecimal())
    return Source(current.titles.get(source, source), dates, publishers)


def _late(sources: Sequence[Source], today: str) -> list[tuple[str, str]]:
    """The platforms without a recent good harvest, those never harvested first."""
    limit = (Date.fromisoformat(today) - timedelta(days=LATE_DAYS)).isoformat()
    dates = {p: max(s.dates[p] for s in sources if p in s.dates) for s in sources for p in s.dates}
    return sorted(((p, d) for p, d in dates.items() if d < limit), key=lambda late: late[::-1])


def _unsaid(
    current: Round, silent: Mapping[str, Sequence[MergeRequest]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The sources that have something to propose and no open request: why; those in trouble."""
    waiting, broken = [], []
    for source, requests in silent.items():
        title = current.titles.get(source, source)
        try:
            wish = current.wish(source)
            if wish is not None and refusal_of(requests, wish) is None:
                waiting.append((title, current.late(source, wish) or wish.title))
        except Malformed as problem:
            broken.append((title, problem.findings[0].sentence()))
        except Breakdown as problem:
            broken.append((title, str(problem)))
    return waiting, broken
