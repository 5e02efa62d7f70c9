"""The outcome of a validation: what was found by check, counted, with the first cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from observatoire.model import Finding, Severity

KEPT = 1_000
"""Findings kept by check and severity; the others are only counted: memory stays bounded."""


class Tally(NamedTuple):
    """What one check found: how many findings, and the first of them in file order."""

    code: str
    title: str
    severity: Severity
    total: int
    first: tuple[Finding, ...]


class Repair(NamedTuple):
    """A line of a file with its certain fixes made."""

    file: str
    line: int
    text: str
    messages: tuple[str, ...]
    english: tuple[str, ...] = ()


class Known(NamedTuple):
    """A whole examination: the tables that were read, their number of lines, all that was found."""

    tables: tuple[tuple[str, int], ...]
    findings: tuple[tuple[str, Finding], ...]


class Report(NamedTuple):
    """What was read, what was found, and what was already wrong before the change (``old``).

    ``tables`` are the tables read with their number of lines; ``checks`` the checks that ran,
    code and title; ``since`` is true when only a change was examined, ``base`` is then what the
    version before holds, when that is little enough to be kept.
    """

    tables: tuple[tuple[str, int], ...]
    checks: tuple[tuple[str, str], ...] = ()
    tallies: tuple[Tally, ...] = ()
    old: tuple[Tally, ...] = ()
    repairs: tuple[Repair, ...] = ()
    since: bool = False
    base: Known | None = None
    language: Literal["fr", "en"] = "fr"

    @property
    def errors(self) -> int:
        """How many findings block."""
        return sum(t.total for t in self.tallies if t.severity == "erreur")

    @property
    def advice(self) -> int:
        """How many findings only advise."""
        return sum(t.total for t in self.tallies if t.severity == "conseil")

    @property
    def rows(self) -> int:
        """How many lines were read."""
        return sum(rows for _, rows in self.tables)

    def of(self, severity: Severity) -> tuple[Tally, ...]:
        """The tallies of one severity."""
        return tuple(t for t in self.tallies if t.severity == severity)


class Collector:
    """Counts findings by check and severity as they come, and keeps the first ones."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, Severity], int] = {}
        self.kept: dict[tuple[str, Severity], list[Finding]] = {}

    def add(self, code: str, finding: Finding) -> None:
        """One more finding of a check."""
        place = (code, finding.severity)
        self.counts[place] = self.counts.get(place, 0) + 1
        kept = self.kept.setdefault(place, [])
        if len(kept) < KEPT:
            kept.append(finding)

    def tallies(self, titles: Iterable[tuple[str, str]]) -> tuple[Tally, ...]:
        """What was found: errors before advice, then in the order of the codes."""
        title = dict(titles)
        out = []
        for (code, severity), count in self.counts.items():
            if not count:
                continue
            first = sorted(self.kept[code, severity], key=_at)
            out.append(Tally(code, title[code], severity, count, tuple(first)))
        return tuple(sorted(out, key=_rank))


COSMETIC = frozenset(("forme-canonique", "caractere-interdit"))
"""The checks whose words about a cell matter least: its value is to be corrected first."""


Worth = tuple[bool, bool, bool]
"""Of what is said of a cell: whether it blocks, is about the value, gives the repair."""


class OneByCell(Collector):
    """Reproaches a cell once, by the check that says most of it: a person does one thing there.

    What blocks a whole line covers its cells.
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[tuple[str, int], dict[str, tuple[str, Worth]]] = {}

    def add(self, code: str, finding: Finding) -> None:
        """One more finding; one that says more of its cell than another takes its place."""
        if finding.key and finding.line and not self._outdoes(code, finding):
            return
        super().add(code, finding)

    def _outdoes(self, code: str, finding: Finding) -> bool:
        """Whether a finding says more than those of other checks, which are then taken back."""
        told = self._told.setdefault((finding.file, finding.line), {})
        worth = finding.severity == "erreur", code not in COSMETIC, bool(finding.fix)
        field, blocks = finding.field, worth[0]
        rivals = {name: old for name, old in told.items() if old[0] != code}
        covered = field != "" and "" in rivals and rivals[""][1][0]
        if covered or (field in rivals and worth <= rivals[field][1]):
            return False
        for name in [field] if field or not blocks else list(rivals):
            if name in rivals:
                self._take_back(told.pop(name), finding, name)
        told[field] = code, worth
        return True

    def _take_back(self, old: tuple[str, Worth], finding: Finding, field: str) -> None:
        code, (blocks, *_) = old
        place: tuple[str, Severity] = (code, "erreur" if blocks else "conseil")
        at = (finding.file, finding.line, field)
        kept = [f for f in self.kept[place] if (f.file, f.line, f.field) != at]
        self.counts[place] -= max(1, len(self.kept[place]) - len(kept))
        self.kept[place] = kept


def one_by_cell(tallies: Iterable[Tally]) -> Iterator[Finding]:
    """The findings that tallies kept, a cell reproached once."""
    best = OneByCell()
    for tally in tallies:
        for finding in tally.first:
            best.add(tally.code, finding)
    for findings in best.kept.values():
        yield from findings


def _rank(tally: Tally) -> tuple[bool, bool, str]:
    return tally.severity != "erreur", tally.code != "lecture", tally.code


def _at(finding: Finding) -> tuple[str, int, str]:
    return finding.file, finding.line, finding.field
