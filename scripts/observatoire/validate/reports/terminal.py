"""The report for a person at a terminal: the first cases of each check, then the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.validate.frame import Frame
from observatoire.validate.report import Report, Tally

SHOWN = 5
"""Findings shown by check; the others are counted."""


def render(report: Report) -> str:
    """The whole report as plain text."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    frame = Frame(report.language)
    for tally in report.tallies:
        yield from told(tally, frame)
        yield ""
    if report.old:
        yield frame.say("before")
        for tally in report.old:
            yield f"  {heading(tally, frame)}"
        yield ""
    yield verdict(report)


def told(tally: Tally, frame: Frame) -> Iterator[str]:
    """What a check found: its heading, then the first cases."""
    kind = frame.say("ERROR" if tally.severity == "erreur" else "ADVICE")
    yield f"{kind}  {heading(tally, frame)}"
    for finding in tally.first[:SHOWN]:
        yield f"  - {frame.sentence(finding)}"
    if tally.total > SHOWN:
        yield f"  … {frame.say('and others', frame.count(tally.total - SHOWN, 'other'))}"


def heading(tally: Tally, frame: Frame) -> str:
    """What a check found, in one line."""
    return f"{tally.title} [{tally.code}]{frame.say('colon')}{frame.count(tally.total, 'case')}"


def verdict(report: Report) -> str:
    """The last line: what was read, and what it is worth."""
    frame = Frame(report.language)
    errors = frame.count(report.errors, "error") if report.errors else frame.say("no error")
    advice = f", {frame.count(report.advice, 'advice')}" if report.advice else ""
    change = frame.say("in change") if report.since else ""
    return f"{frame.scope(report)}{frame.say('colon')}{errors}{advice}{change}."
