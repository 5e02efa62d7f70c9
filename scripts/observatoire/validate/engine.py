"""Run every check on the register, or on what a change brings, in bounded memory.

A check that needs a table which cannot be read is silent about it: ``lecture`` says why the table
cannot be read, the other checks run.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from observatoire.discovery import modules
from observatoire.files import Files
from observatoire.model import Finding, Severity
from observatoire.register import DATA, Register, path_of
from observatoire.schema import Schema
from observatoire.table import line
from observatoire.validate import checks, second_opinion
from observatoire.validate.blocks import EVERYTHING, Span
from observatoire.validate.context import Context, Watches
from observatoire.validate.halves import both
from observatoire.validate.model import Example
from observatoire.validate.report import (
    Collector,
    Known,
    OneByCell,
    Repair,
    Report,
    Tally,
    one_by_cell,
)
from observatoire.validate.start import Since, touched
from observatoire.validate.watch import Watch

if TYPE_CHECKING:
    from observatoire.validate.past import Past

ASIDE = ("reference/", "editions/", "moissons/")
"""Folders whose tables depend on no other table."""
WORTH_A_PROCESS = 4_000_000
"""Bytes: below, a second process costs more than it saves."""


class Check(Protocol):
    """What a module of ``checks/`` offers; its file is named after its code."""

    CODE: str
    TITLE: str
    TITLE_EN: str
    SEVERITY: Severity
    EXAMPLES: Sequence[Example]

    def check(self, context: Context) -> Iterator[Finding]:
        """The problems of the tables that the context asks for."""
        ...


@runtime_checkable
class Watching(Protocol):
    """A check that says what it watches in the columns of a table."""

    def watches(self, name: str, schema: Schema) -> Iterator[Watch[Any]]:
        """What to watch in the table of that name."""
        ...


def discover() -> list[Check]:
    """Every check, in the order of their codes."""
    return [cast(Check, importlib.import_module(f"{checks.__name__}.{n}")) for n in modules(checks)]


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
    known: Known | None = None,
) -> Report:
    """Validate some tables (all by default); with ``before``, reproach only what changed since.

    With ``known``, all that ``before`` holds, a few edited lines are examined alone.
    """
    if known and before and not names and isinstance(before.files, Since):
        report = _quick(register, today, before.files, known)
        if report:
            return report
    names = tuple(names) or tuple(register.names())
    if before is not None:
        aside = (f"{DATA}/{folder}" for folder in ASIDE)
        # These tables depend on nothing else: what was found there still is, no more, no less.
        same = not touched(before.files, register.files, "schemas", *aside)
        examined = [n for n in names if not (same and n.startswith(ASIDE))]
        return _examine(register, today, examined, before, shared=same)
    return _examine(register, today, names)


def _quick(register: Register, today: date, before: Files, known: Known) -> Report | None:
    """The report on a few edited lines; None when the whole must be examined."""
    from observatoire.validate.known import usable, widened  # only for a change: start-up counts
    from observatoire.validate.shortcut import TABLES, cut, doubted

    changed = before.changed if isinstance(before, Since) else {}
    paths = [path_of(name) for name in TABLES]
    small = cut(before, register, changed) if usable(known, paths) else None
    if small is None:
        return None
    found = discover()
    one, two = Register(small.before), Register(small.after)
    context = Context(two, tuple(small.rows), today, one, _watches(found))
    if doubted(context, small):
        return None
    return widened(_report(context, found, Collector, shared=True), small, known)


def _examine(
    register: Register,
    today: date,
    names: Sequence[str],
    before: Register | None = None,
    *,
    shared: bool = False,
) -> Report:
    """The report on some tables; ``shared``: both versions have the same reference."""
    found = discover()
    context = Context(register, names, today, before, _watches(found))
    _survey(context)
    return _report(context, found, OneByCell, shared=shared)


def _report(
    context: Context,
    found: Sequence[Check],
    collector: type[Collector],
    *,
    shared: bool,
) -> Report:
    past = _past(context.past, context, found, shared=shared) if context.past else None
    new, old = collector(), collector()
    for code, finding in _findings(context, found):
        (old if past and past.had(finding) else new).add(code, finding)
    titles = (*((c.CODE, c.TITLE) for c in found), (second_opinion.CODE, second_opinion.TITLE))
    tallies = new.tallies(titles)
    return Report(
        tables=tuple((n, len(s)) for n in context.names if (s := context.sheet(n)) is not None),
        checks=titles,
        tallies=tallies,
        old=old.tallies(titles),
        repairs=tuple(_repairs(context, tallies)),
        since=context.before is not None,
        base=past.known if past else None,
    )


def _watches(found: Iterable[Check]) -> Watches:
    """What the checks watch in a table, each thing once."""
    watching = [check.watches for check in found if isinstance(check, Watching)]
    return lambda name, schema: dict.fromkeys(w for watch in watching for w in watch(name, schema))


def _survey(context: Context) -> None:
    """Read the tables, in two processes when they are large: each takes half of the bytes."""
    sizes = {n: context.size(n) for n in context.names}
    if sum(sizes.values()) >= WORTH_A_PROCESS:
        here, there = halved(sizes)
        for surveys in both(lambda: context.surveys(here), lambda: context.surveys(there)):
            context.learn(surveys)


def halved(sizes: Mapping[str, int]) -> tuple[dict[str, Span], dict[str, Span]]:
    """Half of the bytes of some files, then the other half; one of the files may be cut in two."""
    half, done = sum(sizes.values()) // 2, 0
    here: dict[str, Span] = {}
    there: dict[str, Span] = {}
    for name, size in sizes.items():
        cut = half - done
        if cut > 0:
            here[name] = Span(0, cut) if cut < size else EVERYTHING
        if cut < size:
            there[name] = Span(cut, sys.maxsize) if cut > 0 else EVERYTHING
        done += size
    return here, there


def _past(before: Context, after: Context, found: Iterable[Check], *, shared: bool) -> Past:
    """The same checks on the version before, without those that compare it to a yet older one."""
    from observatoire.validate.past import Past  # only for a change: start-up counts

    before.names = after.names
    if shared:
        before.share(after)
    return Past(before, after, _findings(before, found))


def _findings(context: Context, found: Iterable[Check]) -> Iterator[tuple[str, Finding]]:
    """What each check says, then what frictionless adds where no check explains a refusal."""
    told: dict[str, set[tuple[int, str]]] = {}
    for check in found:
        for finding in check.check(context):
            if finding.field and finding.severity == "erreur":
                told.setdefault(finding.file, set()).add((finding.line, finding.field))
            yield check.CODE, finding
    for finding in second_opinion.ask(context, told):
        yield second_opinion.CODE, finding


def english_titles() -> dict[str, str]:
    """The English title of each check by its code."""
    titles = {check.CODE: check.TITLE_EN for check in discover()}
    return {**titles, second_opinion.CODE: second_opinion.TITLE_EN}


def _repairs(context: Context, tallies: Iterable[Tally]) -> Iterator[Repair]:
    """The lines that certain fixes repair, each once, in file order."""
    lines: dict[tuple[str, int], list[Finding]] = {}
    for finding in one_by_cell(tallies):
        if finding.fix:
            lines.setdefault((finding.file, finding.line), []).append(finding)
    for (file, number), findings in sorted(lines.items()):
        sheet = context.sheet(file.removeprefix("data/").removesuffix(".csv"))
        if sheet is None:
            continue
        cells = dict(zip(sheet.schema.columns, sheet.row(number - 2), strict=True))
        for finding in findings:
            cells.update(finding.fix)
        text = line(tuple(cells.values()))
        yield Repair(
            file,
            number,
            text,
            tuple(f.message for f in findings),
            tuple(f.english for f in findings),
        )
