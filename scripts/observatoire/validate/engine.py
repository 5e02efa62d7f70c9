"""Run every check on the register and tally what they find, in bounded memory.

A check that needs a table which cannot be read is silent about it: ``lecture`` says why the table
cannot be read, the other checks run.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, cast

from observatoire.model import Finding, Severity
from observatoire.register import Register
from observatoire.validate import checks
from observatoire.validate.context import Context
from observatoire.validate.model import Example

KEPT = 1_000
"""Findings kept by check and severity; the others are only counted."""


class Check(Protocol):
    """What a module of ``checks/`` offers; its file is named after its code."""

    CODE: str
    TITLE: str
    SEVERITY: Severity
    EXAMPLES: Sequence[Example]

    def check(self, context: Context) -> Iterator[Finding]:
        """The problems of the tables that the context asks for."""
        ...


@dataclass(frozen=True)
class Tally:
    """What one check found: how many findings, and the first of them."""

    code: str
    title: str
    severity: Severity
    count: int
    first: tuple[Finding, ...]


@dataclass(frozen=True)
class Report:
    """The outcome of a validation: tables with their number of lines, and what was found."""

    tables: tuple[tuple[str, int], ...]
    tallies: tuple[Tally, ...]
    old: tuple[Tally, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings block."""
        return sum(t.count for t in self.tallies if t.severity == "erreur")

    @property
    def advice(self) -> int:
        """How many findings only advise."""
        return sum(t.count for t in self.tallies if t.severity == "conseil")

    @property
    def rows(self) -> int:
        """How many lines were read."""
        return sum(rows for _, rows in self.tables)

    def of(self, severity: Severity) -> tuple[Tally, ...]:
        """The tallies of one severity."""
        return tuple(t for t in self.tallies if t.severity == severity)


def discover() -> list[Check]:
    """Every check, in the order of their codes."""
    names = sorted(m.name for m in pkgutil.iter_modules(checks.__path__))
    return [cast(Check, importlib.import_module(f"{checks.__name__}.{n}")) for n in names]


def select(register: Register, asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """The tables that a person asks for by name or by path, and what names no table."""
    known = register.names()
    chosen: list[str] = []
    unknown: list[str] = []
    for text in asked:
        name = text.removeprefix("./").removeprefix("data/").removesuffix(".csv").rstrip("/")
        found = [n for n in known if n == name or n.startswith(f"{name}/")]
        chosen += found
        unknown += [] if found else [text]
    return list(dict.fromkeys(chosen)), unknown


def run(
    register: Register,
    today: date,
    names: Sequence[str] = (),
    before: Register | None = None,
) -> Report:
    """Validate some tables of the register (all by default)."""
    names = tuple(names) or tuple(register.names())
    context = Context(register, names, today, before)
    tallies = [t for check in discover() for t in tally(check, check.check(context))]
    return Report(
        tuple((n, len(s.table)) for n in names if (s := context.sheet(n)) is not None),
        tuple(_ordered(tallies)),
    )


def tally(check: Check, findings: Iterable[Finding]) -> Iterator[Tally]:
    """Count what a check finds, by severity, and keep the first findings."""
    counts: dict[Severity, int] = {}
    first: dict[Severity, list[Finding]] = {}
    for finding in findings:
        kept = first.setdefault(finding.severity, [])
        counts[finding.severity] = counts.get(finding.severity, 0) + 1
        if len(kept) < KEPT:
            kept.append(finding)
    for severity, found in counts.items():
        ordered = tuple(sorted(first[severity], key=lambda f: (f.file, f.line, f.field)))
        yield Tally(check.CODE, check.TITLE, severity, found, ordered)


def _ordered(tallies: Iterable[Tally]) -> list[Tally]:
    return sorted(tallies, key=lambda t: (t.severity != "erreur", t.code != "lecture", t.code))
