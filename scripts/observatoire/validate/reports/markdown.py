"""The report for the discussion of a merge request: it fits a screen, and nothing in it is live.

Cells are hostile: each is shown as a code span, in which neither Markdown nor a forge reads
anything. The first line is a hidden mark: the same note is found again and rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from observatoire.model import Finding
from observatoire.propose import markdown
from observatoire.validate.report import Report, Tally
from observatoire.validate.words import count

MARK = "<!-- observatoire validate -->"
SIZES = ((8, 12), (8, 0), (3, 0), (1, 0))
"""Findings in the open and under the fold by check: the first sizes that fit are taken."""
LIMIT = 50_000
"""Characters: GitHub refuses a note of more than 65,536."""
WIDTH = 120

_QUOTED = re.compile(r"« (.*?) »")


def render(report: Report) -> str:
    """The note, in Markdown."""
    text = ""
    for size in SIZES:
        text = "\n".join(_lines(report, size)) + "\n"
        if len(text) <= LIMIT:
            break
    return text


def _lines(report: Report, size: tuple[int, int]) -> Iterator[str]:
    yield from (MARK, _title(report), "")
    for tally in report.of("erreur"):
        yield from _tally(tally, *size)
    advice = report.of("conseil")
    if advice:
        title = f"{count(report.advice, 'conseil')} : rien d'obligatoire"
        yield from markdown.details(title, [x for t in advice for x in _tally(t, *size)])
        yield ""
    if report.old:
        lines = [f"- {t.title} : {count(t.count, 'cas', 'cas')}" for t in report.old]
        total = sum(t.count for t in report.old)
        title = f"{count(total, 'remarque')} sur ce qui était déjà là : rien à faire ici"
        yield from markdown.details(title, lines)
        yield ""
    yield _scope(report)


def _title(report: Report) -> str:
    if not report.errors:
        what = "ce changement" if report.since else "le registre"
        return f"### ✅ Tout est bon dans {what}"
    return f"### ❌ {count(report.errors, 'erreur')} à corriger"


def _scope(report: Report) -> str:
    change = ", seul le changement est relu" if report.since else ""
    tables = f"{count(len(report.tables), 'table')}, {count(report.rows, 'ligne')}"
    return f"<sub>Relu : {tables}{change}.</sub>"


def _tally(tally: Tally, shown: int, under: int) -> Iterator[str]:
    yield f"**{tally.title}** ({tally.count})"
    yield ""
    yield from markdown.table(("Où", "Organisme", "Que faire"), _rows(tally.first[:shown]))
    folded = tally.first[shown : shown + under]
    if folded:
        table = markdown.table(("Où", "Organisme", "Que faire"), _rows(folded))
        yield from ("", *markdown.details(f"{len(folded)} de plus", table))
    left = tally.count - min(shown, tally.count) - len(folded)
    if left > 0:
        yield from ("", f"… et {count(left, 'autre')}.")
    yield ""


def _rows(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [
        (_place(f), markdown.text(f.label) if f.label else "", sentence(f.message))
        for f in findings
    ]


def _place(finding: Finding) -> str:
    place = f"`{finding.file}`" + (f" ligne {finding.line}" if finding.line else "")
    return f"{place}, {markdown.text(finding.field)}" if finding.field else place


def sentence(message: str) -> str:
    """A message whose quoted cells became code spans, and whose own words are inert."""
    out: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(message):
        out += [_inert(message[end : quoted.start()]), code(quoted[1])]
        end = quoted.end()
    return "".join([*out, _inert(message[end:])])


def _inert(words: str) -> str:
    """Our own words: only what a table or HTML would read is escaped."""
    return re.sub(r"([\\`*_\[\]<>|@#~!])", r"\\\1", words)


def code(cell: str) -> str:
    """A cell as a code span, bounded."""
    shown = markdown.flat(cell, WIDTH)
    return f"`{shown.replace('`', 'ˋ').replace('|', '¦')}`" if shown else "« »"
