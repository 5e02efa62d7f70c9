"""The words of a report around its findings, French and English side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, TypeVar

from observatoire.model import Finding
from observatoire.validate.report import Report, Tally

T = TypeVar("T")
Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")

CITED = r"« (.*?) »"
"""How a sentence of a check cites a cell, in both languages."""

_NOUNS = {
    "table": (("table", "tables"), ("table", "tables")),
    "line": (("ligne", "lignes"), ("line", "lines")),
    "error": (("erreur", "erreurs"), ("error", "errors")),
    "advice": (("conseil", "conseils"), ("piece of advice", "pieces of advice")),
    "case": (("cas", "cas"), ("case", "cases")),
    "other": (("autre", "autres"), ("other", "others")),
    "remark": (("remarque", "remarques"), ("remark", "remarks")),
}
_PHRASES = {
    "ERROR": ("ERREUR ", "ERROR "),
    "ADVICE": ("conseil", "advice"),
    "colon": (" : ", ": "),
    "at line": ("ligne {}", "line {}"),
    "at column": ("colonne « {} »", "column “{}”"),
    "before": (
        "Déjà là avant ce changement (rien à faire ici) :",
        "Already there before this change (nothing to do here):",
    ),
    "no error": ("aucune erreur", "no error"),
    "in change": (" dans ce changement", " in this change"),
    "written": ("Rapport écrit dans {}.", "Report written to {}."),
    "clean change": ("Tout est bon dans ce changement", "All is well in this change"),
    "clean": ("Tout est bon dans le registre", "All is well in the register"),
    "to correct": ("{} à corriger", "{} to correct"),
    "optional": ("{} : rien d'obligatoire", "{}: nothing that blocks"),
    "left": (
        "{} sur ce qui était déjà là : rien à faire ici",
        "{} about what was already there: nothing to do here",
    ),
    "read": ("Relu : {}{}.", "Read: {}{}."),
    "change only": (", seul le changement est relu", ", only the change is examined"),
    "and others": ("et {}", "and {}"),
    "where": ("Où", "Where"),
    "body": ("Organisme", "Organisation"),
    "what": ("Que faire", "What to do"),
    "unknown version": (
        "« {} » n'est ni une branche, ni une étiquette, ni un commit.",
        "“{}” is neither a branch, nor a tag, nor a commit.",
    ),
    "unknown table": ("table inconnue : {} ; {}", "unknown table: {}; {}"),
    "did you mean": ("vouliez-vous écrire {} ?", "did you mean {}?"),
    "tables": ("tables : {}.", "tables: {}."),
    "in full": (
        "Le détail des conseils : observatoire validate",
        "The advice in full: observatoire validate --langue en",
    ),
    "more": ("{} de plus", "{} more"),
}


class Frame:
    """The words in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def say(self, name: str, *values: object) -> str:
        """One of the phrases, with its values."""
        return self._of(_PHRASES[name]).format(*values)

    def count(self, number: int, noun: str) -> str:
        """« 1 erreur », « 12 345 erreurs »; "1 error", "0 errors"."""
        one, many = self._of(_NOUNS[noun])
        french = self.language == "fr"
        alone = number <= 1 if french else number == 1
        figures = f"{number:,}".replace(",", "\u202f") if french else f"{number:,}"
        return f"{figures} {one if alone else many}"

    def scope(self, report: Report) -> str:
        """How many tables and lines were read."""
        return f"{self.count(len(report.tables), 'table')}, {self.count(report.rows, 'line')}"

    def sentence(self, finding: Finding) -> str:
        """A finding on one line: where, for which organisation, what, and what to write."""
        place = finding.file
        if finding.line:
            place += f", {self.say('at line', finding.line)}"
        if finding.field:
            place += f", {self.say('at column', finding.field)}"
        about = f" ({finding.label})" if finding.label else ""
        return f"{place}{about}{self.say('colon')}{finding.message}" if place else finding.message

    def _of(self, both: tuple[T, T]) -> T:
        return both[LANGUAGES.index(self.language)]


def in_english(report: Report, titles: Mapping[str, str]) -> Report:
    """The same report with the English sentences of its findings; ``titles`` by code of check."""
    return report._replace(
        language="en",
        checks=tuple((code, titles[code]) for code, _ in report.checks),
        tallies=tuple(_tally(t, titles) for t in report.tallies),
        old=tuple(_tally(t, titles) for t in report.old),
        repairs=tuple(r._replace(messages=tuple(map(quoted, r.english))) for r in report.repairs),
    )


def _tally(tally: Tally, titles: Mapping[str, str]) -> Tally:
    first = tuple(f._replace(message=quoted(f.english)) for f in tally.first)
    return tally._replace(title=titles[tally.code], first=first)


def quoted(sentence: str) -> str:
    """A sentence with English quotation marks around the cells that it cites."""
    return re.sub(CITED, lambda cell: f"“{cell[1].translate(_STRAIGHT)}”", sentence)


_STRAIGHT = str.maketrans("“”", '""')
