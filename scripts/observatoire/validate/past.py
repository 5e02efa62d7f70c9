"""What was already wrong before a change, so that only the change is reproached.

A finding is old when the version before had it too (same table, key, field and check) and the
person left its cell as it was; about a whole file, when the version before had it too.
"""

from __future__ import annotations

from collections.abc import Iterable

from observatoire.model import Finding, Key
from observatoire.validate.context import Context
from observatoire.validate.report import Known

MANY = 2_000
"""Findings: a version with more is examined again each time."""

Identity = tuple[str, Key, str, str]


def identity(finding: Finding) -> Identity:
    """What makes two findings of two versions the same: table, key, field and check."""
    return finding.file, finding.key, finding.field, finding.code


class Past:
    """The findings of the version before, set beside the version after."""

    def __init__(
        self, before: Context, after: Context, findings: Iterable[tuple[str, Finding]]
    ) -> None:
        self._before = before
        self._after = after
        self._seen: set[Identity] = set()
        self.findings: list[tuple[str, Finding]] = []
        for code, finding in findings:
            self._seen.add(identity(finding))
            if len(self.findings) <= MANY:
                self.findings.append((code, finding))

    @property
    def known(self) -> Known | None:
        """All that the version before holds; None when that is too much to be kept."""
        if len(self.findings) > MANY:
            return None
        sheets = ((n, self._before.sheet(n)) for n in self._before.names)
        return Known(tuple((n, len(s)) for n, s in sheets if s is not None), tuple(self.findings))

    def had(self, finding: Finding) -> bool:
        """Whether this finding about the version after was already there, cell untouched."""
        if identity(finding) not in self._seen:
            return False
        if not finding.key:
            return True
        old = self._cells(finding, before=True)
        return old is not None and old == self._cells(finding, before=False)

    def _cells(self, finding: Finding, *, before: bool) -> tuple[str, ...] | None:
        """The cell that a finding is about, or its whole row."""
        name = finding.file.removeprefix("data/").removesuffix(".csv")
        sheet = (self._before if before else self._after).sheet(name)
        if sheet is None:
            return None
        at = sheet.by_key.get(finding.key)
        if at is None:
            return None
        return (sheet.column(finding.field)[at],) if finding.field else sheet.row(at)
