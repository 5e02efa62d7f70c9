"""The report for the discussion of a merge request: it fits a screen, and nothing in it is live.

Cells are hostile: each is shown as a code span, in which neither Markdown nor a forge reads
anything. The first line is a hidden mark: the same note is found again and rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding
from observatoire.propose import markdown
from observatoire.validate.frame import Frame
from observatoire.validate.report import Report, Tally

MARK = "<!-- observatoire validate -->"
SIZES = ((8, 12), (8, 0), (3, 0), (1, 0))
"""Findings in the open and under the fold by check: the first sizes that fit are taken."""
LIMIT = 50_000
"""Characters: GitHub refuses a note of more than 65,536."""
WIDTH = 120

_QUOTED = re.compile(r"« (.*?) »|“(.*?)”")


def render(report: Report) -> str:
    """The note, in Markdown."""
    text = ""
    for size in SIZES:
        text = "\n".join(_lines(report, size)) + "\n"
        if len(text) <= LIMIT:
            break
    return text


def _lines(report: Report, size: tuple[int, int]) -> Iterator[str]:
    frame = Frame(report.language)
    yield from (MARK, _title(report, frame), "")
    for tally in report.of("erreur"):
        yield from _tally(tally, frame, *size)
    advice = report.of("conseil")
    if advice:
        title = frame.say("optional", frame.count(report.advice, "advice"))
        yield from markdown.details(title, [x for t in advice for x in _tally(t, frame, *size)])
        yield ""
    if report.old:
        colon = frame.say("colon")
        lines = [f"- {t.title}{colon}{frame.count(t.total, 'case')}" for t in report.old]
        title = frame.say("left", frame.count(sum(t.total for t in report.old), "remark"))
        yield from markdown.details(title, lines)
        yield ""
    change = frame.say("change only") if report.since else ""
    yield f"<sub>{frame.say('read', frame.scope(report), change)}</sub>"


def _title(report: Report, frame: Frame) -> str:
    if not report.errors:
        return f"### ✅ {frame.say('clean change' if report.since else 'clean')}"
    return f"### ❌ {frame.say('to correct', frame.count(report.errors, 'error'))}"


def _tally(tally: Tally, frame: Frame, shown: int, under: int) -> Iterator[str]:
    yield f"**{tally.title}** ({tally.total})"
    yield ""
    yield from _table(tally.first[:shown], frame)
    folded = tally.first[shown : shown + under]
    if folded:
        yield from ("", *markdown.details(frame.say("more", len(folded)), _table(folded, frame)))
    left = tally.total - min(shown, tally.total) - len(folded)
    if left > 0:
        yield from ("", f"… {frame.say('and others', frame.count(left, 'other'))}.")
    yield ""


def _table(findings: tuple[Finding, ...], frame: Frame) -> list[str]:
    rows = [
        (_place(f, frame), markdown.text(f.label) if f.label else "", sentence(f.message))
        for f in findings
    ]
    return list(markdown.table((frame.say("where"), frame.say("body"), frame.say("what")), rows))


def _place(finding: Finding, frame: Frame) -> str:
    line = f" {frame.say('at line', finding.line)}" if finding.line else ""
    place = f"`{finding.file}`{line}"
    return f"{place}, {markdown.text(finding.field)}" if finding.field else place


def sentence(message: str) -> str:
    """A message whose quoted cells became code spans, and whose own words are inert."""
    out: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(message):
        out += [_inert(message[end : quoted.start()]), code(quoted[1] or quoted[2] or "")]
        end = quoted.end()
    return "".join([*out, _inert(message[end:])])


def _inert(words: str) -> str:
    """Our own words: only what a table or HTML would read is escaped."""
    return re.sub(r"([\\`*_\[\]<>|@#~!])", r"\\\1", words)


def code(cell: str) -> str:
    """A cell as a code span, bounded."""
    shown = markdown.flat(cell, WIDTH)
    return f"`{shown.replace('`', 'ˋ').replace('|', '¦')}`" if shown else "« »"
