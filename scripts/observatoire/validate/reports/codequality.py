"""The report as GitLab reads it to annotate a merge request (Code Quality, a JSON list).

The fingerprint is made of the table, the key, the field and the rule: it follows a line that moves.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from observatoire.model import Finding
from observatoire.validate.frame import Frame
from observatoire.validate.past import identity
from observatoire.validate.report import Report

SEVERITIES = {"erreur": "major", "conseil": "info"}


def render(report: Report) -> str:
    """The list of issues."""
    colon = Frame(report.language).say("colon")
    issues: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for tally in report.tallies:
        for finding in tally.first:
            mark = fingerprint(finding)
            seen[mark] = seen.get(mark, 0) + 1
            if seen[mark] > 1:
                mark = _digest(f"{mark}\0{seen[mark]}")
            about = f"{finding.label}{colon}" if finding.label else ""
            issues.append(_issue(finding, tally.code, mark, about))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def fingerprint(finding: Finding) -> str:
    """The identity of a finding, whatever its line and its wording."""
    table, key, field, rule = identity(finding)
    return _digest("\0".join((table, *key, field, rule)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _issue(finding: Finding, rule: str, mark: str, about: str) -> dict[str, Any]:
    return {
        "description": about + finding.message,
        "check_name": rule,
        "fingerprint": mark,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": finding.file, "lines": {"begin": max(finding.line, 1)}},
    }
