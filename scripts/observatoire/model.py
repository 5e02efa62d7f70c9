"""The values that cross stage borders: findings about data, and what stops a stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Row = Mapping[str, str]
"""One line of a table, column name to cell; every cell is a string, an empty cell is ``""``."""

Key = tuple[str, ...]
"""The cells of a table's primary key, in the order of its schema."""

Severity = Literal["erreur", "conseil"]

Fix = tuple[tuple[str, str], ...]
"""The cells to write in one line, each with its column; none where nothing is certain."""


class Finding(NamedTuple):
    """One problem in the data, worded for the person who can repair it.

    ``message`` is a French sentence that says what is wrong and what to write instead. ``line`` is
    the line in the file, header included (0: the whole file). ``fix`` are the cells to write, where
    they are certain. ``english`` is the same sentence in English, where a stage words it.
    """

    code: str
    message: str
    severity: Severity = "erreur"
    file: str = ""
    line: int = 0
    key: Key = ()
    field: str = ""
    label: str = ""
    fix: Fix = ()
    english: str = ""

    def sentence(self) -> str:
        """The finding on one line: where, for which organisation, what, and what to write."""
        place = self.file + (f", ligne {self.line}" if self.line else "")
        if self.field:
            place += f", colonne « {self.field} »"
        about = f" ({self.label})" if self.label else ""
        return f"{place}{about} : {self.message}" if place else self.message


class Malformed(Exception):
    """Data that cannot be read at all; carries the findings that say why. Never a traceback."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(f.sentence() for f in findings))
        self.findings = findings


class SourceError(Exception):
    """One source, or one portal of it, that did not answer as it should; the others go on.

    The message is one French sentence with the cause, fit for a report.
    """


class Breakdown(Exception):
    """Git or a forge that did not do as it should; the message is French, without secrets."""
