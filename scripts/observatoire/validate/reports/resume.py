"""The report in short: errors as at a terminal, advice counted by check, then the verdict."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.validate.frame import Frame
from observatoire.validate.report import Report
from observatoire.validate.reports import terminal


def render(report: Report) -> str:
    """The report as plain text; where the advice is told in full comes last."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    frame = Frame(report.language)
    for tally in report.of("erreur"):
        yield from terminal.told(tally, frame)
        yield ""
    advice = report.of("conseil")
    yield from (f"{frame.say('ADVICE')}  {terminal.heading(tally, frame)}" for tally in advice)
    yield terminal.verdict(report)
    if advice:
        yield frame.say("in full")
