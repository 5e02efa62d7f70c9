"""The report as annotations of a GitHub job (workflow commands, one by line)."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.model import Finding
from observatoire.validate.frame import Frame
from observatoire.validate.report import Report

KINDS = {"erreur": "error", "conseil": "warning"}


def render(report: Report) -> str:
    """One command by finding."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    colon = Frame(report.language).say("colon")
    for tally in report.tallies:
        for finding in tally.first:
            place = f"file={_property(finding.file)},line={max(finding.line, 1)}"
            title = _property(f"{tally.title} [{tally.code}]")
            yield f"::{KINDS[finding.severity]} {place},title={title}::{_words(finding, colon)}"


def _words(finding: Finding, colon: str) -> str:
    about = f"{finding.label}{colon}" if finding.label else ""
    return _data(about + finding.message)


def _data(text: str) -> str:
    """The escapes of the runner (actions/toolkit, command.ts): a value cannot start a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
