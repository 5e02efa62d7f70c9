"""The report for a person at a terminal: the first cases of each check, then the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.validate.report import Report, Tally
from observatoire.validate.words import count

SHOWN = 5
"""Findings shown by check; the others are counted."""


def render(report: Report) -> str:
    """The whole report as plain text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    for tally in report.tallies:
        yield from _tally(tally)
        yield ""
    if report.old:
        yield "Déjà là avant ce changement (rien à faire ici) :"
        for tally in report.old:
            yield f"  {tally.title} [{tally.code}] : {count(tally.count, 'cas', 'cas')}"
        yield ""
    yield verdict(report)


def _tally(tally: Tally) -> Iterator[str]:
    kind = "ERREUR " if tally.severity == "erreur" else "conseil"
    yield f"{kind}  {tally.title} [{tally.code}] : {count(tally.count, 'cas', 'cas')}"
    for finding in tally.first[:SHOWN]:
        yield f"  - {finding.sentence()}"
    if tally.count > SHOWN:
        yield f"  … et {count(tally.count - SHOWN, 'autre')}"


def verdict(report: Report) -> str:
    """The last line: what was read, and what it is worth."""
    scope = f"{count(len(report.tables), 'table')}, {count(report.rows, 'ligne')}"
    errors = count(report.errors, "erreur") if report.errors else "aucune erreur"
    advice = f", {count(report.advice, 'conseil')}" if report.advice else ""
    change = " dans ce changement" if report.since else ""
    return f"{scope} : {errors}{advice}{change}."
