"""The report as JUnit: one test case by check, failed when it found an error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from observatoire.validate.frame import Frame
from observatoire.validate.report import Report, Tally

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets)."""


def render(report: Report) -> str:
    """One test suite."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    frame = Frame(report.language)
    failed = {t.code: t for t in report.of("erreur")}
    advised = {t.code: t for t in report.of("conseil")}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<testsuites><testsuite name="observatoire validate" tests="{len(report.checks)}"'
        f' failures="{len(failed)}" errors="0" skipped="0">'
    )
    for code, title in report.checks:
        yield f"<testcase classname={_attribute(code)} name={_attribute(title)}>"
        if code in failed:
            tally = failed[code]
            yield f"<failure message={_attribute(frame.count(tally.total, 'error'))}>"
            yield _text(tally, frame)
            yield "</failure>"
        if code in advised:
            yield f"<system-out>{_text(advised[code], frame)}</system-out>"
        yield "</testcase>"
    yield "</testsuite></testsuites>"


def _text(tally: Tally, frame: Frame) -> str:
    lines = [frame.sentence(f) for f in tally.first]
    if tally.total > len(lines):
        lines.append(f"… {frame.say('and others', frame.count(tally.total - len(lines), 'other'))}")
    return escape(_FORBIDDEN.sub("?", "\n".join(lines)))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("?", text))
