"""The report for programs: everything that was kept, in JSON."""

from __future__ import annotations

import json
from typing import Any

from observatoire.model import Finding
from observatoire.validate.report import Report, Tally


def render(report: Report) -> str:
    """One JSON object; ``nombre`` counts all the findings, ``constats`` holds the first ones."""
    content = {
        "erreurs": report.errors,
        "conseils": report.advice,
        "changement_seul": report.since,
        "tables": [{"nom": name, "lignes": rows} for name, rows in report.tables],
        "controles": [_tally(t) for t in report.tallies],
        "deja_la_avant": [_tally(t) for t in report.old],
        "lignes_corrigees": [
            {"fichier": r.file, "ligne": r.line, "texte": r.text} for r in report.repairs
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "code": tally.code,
        "titre": tally.title,
        "gravite": tally.severity,
        "nombre": tally.total,
        "constats": [_finding(f) for f in tally.first],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "fichier": finding.file,
        "ligne": finding.line,
        "cle": list(finding.key),
        "champ": finding.field,
        "organisme": finding.label,
        "message": finding.message,
        "correction": dict(finding.fix),
    }
