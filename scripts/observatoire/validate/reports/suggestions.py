"""The certain fixes as suggestion blocks, each on its line: a forge applies them in one click.

A JSON list; each item is a note for the line ``ligne`` of ``fichier``, in the version after.
"""

from __future__ import annotations

import json

from observatoire.validate.report import Repair, Report
from observatoire.validate.reports.markdown import sentence

MANY = 50
"""Notes in one merge request; beyond, `observatoire format` does better."""


def render(report: Report) -> str:
    """The list of notes."""
    notes = [{"fichier": r.file, "ligne": r.line, "texte": _note(r)} for r in report.repairs[:MANY]]
    return json.dumps(notes, ensure_ascii=False, indent=1) + "\n"


def _note(repair: Repair) -> str:
    """The messages, then the line to write; the fence is longer than any in the line."""
    fence = "```"
    while fence in repair.text:
        fence += "`"
    said = "\n".join(f"- {sentence(m)}" for m in repair.messages)
    return f"{said}\n\n{fence}suggestion:-0+0\n{repair.text}\n{fence}\n"
