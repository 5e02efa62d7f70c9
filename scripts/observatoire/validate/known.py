"""What a whole examination found in a version, and what a shortcut then says of a change to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from observatoire.model import Finding
from observatoire.register import path_of
from observatoire.validate.past import identity
from observatoire.validate.report import Known, OneByCell, Report
from observatoire.validate.sheet import LABEL
from observatoire.validate.shortcut import COMPARED, ORGANISATIONS, Cut

TWICE = "cle-en-double"
CITING = frozenset(("doublon-organisme", TWICE))
"""Checks whose sentences cite the number of another line."""


def usable(known: Known, paths: Collection[str]) -> bool:
    """Whether lines of some files may be judged alone, each by its key.

    There is nothing to say of a whole file, no line lacks its key, none has that of another.
    """
    return not any(
        f.file in paths and (code == TWICE or not any(f.key)) for code, f in known.findings
    )


def widened(report: Report, cut: Cut, known: Known) -> Report | None:
    """The report on the whole register from that on the small ones; None when it cannot be made."""
    if report.base is None:
        return None
    cited = {t.code for t in (*report.tallies, *report.old)} | {c for c, _ in report.base.findings}
    if not cited.isdisjoint(CITING):
        return None
    new, old = OneByCell(), OneByCell()
    for tally in report.tallies:
        for finding in tally.first:
            new.add(tally.code, _placed(finding, cut))
    still = {identity(f) for t in (*report.tallies, *report.old) for f in t.first}
    gone = {identity(f) for code, f in report.base.findings if code not in cut.settled} - still
    for code, finding in _before(report, cut, known):
        if identity(finding) not in gone:
            old.add(code, finding)
    return report._replace(
        tables=known.tables,
        tallies=new.tallies(report.checks),
        old=old.tallies(report.checks),
        repairs=tuple(r._replace(line=_row(r.file, r.line - 2, cut) + 2) for r in report.repairs),
        base=None,
    )


def _before(report: Report, cut: Cut, known: Known) -> Iterator[tuple[str, Finding]]:
    """What was there: of the edited lines as the small registers say, else as it is known."""
    told = [t for t in report.old if t.code not in cut.settled]
    for tally in told:
        yield from ((tally.code, _placed(f, cut)) for f in tally.first if _edited(f, cut))
    compared = (tally for tally in told if tally.code in COMPARED)
    again = {identity(f): _placed(f, cut) for tally in compared for f in tally.first}
    names = {key[0]: row["nom"][:LABEL] for key, row in cut.edited.get(ORGANISATIONS, {}).items()}
    for code, finding in known.findings:
        if code in cut.settled or not _edited(finding, cut):
            renamed = finding.key and finding.label and finding.key[0] in names
            same = finding._replace(label=names[finding.key[0]]) if renamed else finding
            yield code, again.get(identity(finding), same)


def _edited(finding: Finding, cut: Cut) -> bool:
    return any(
        finding.file == path_of(name) and finding.key in rows for name, rows in cut.edited.items()
    )


def _placed(finding: Finding, cut: Cut) -> Finding:
    return finding._replace(line=_row(finding.file, finding.line - 2, cut) + 2)


def _row(file: str, row: int, cut: Cut) -> int:
    """The true row of a line of a small table."""
    rows = next((rows for name, rows in cut.rows.items() if path_of(name) == file), None)
    return row if rows is None or row < 0 else rows[row]
