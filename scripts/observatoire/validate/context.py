"""What a check sees: the tables asked for, column by column, with their lines and labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property

from observatoire.model import Finding, Key, Malformed, Severity
from observatoire.register import Register, kind_of, path_of
from observatoire.schema import Schema
from observatoire.table import Table
from observatoire.validate.identity import Directory
from observatoire.validate.model import Remark

PLAIN = bytes(set(range(0x20, 0x7F)) - set(b'"<>')) + b"\n"
"""Bytes that no check on characters looks for."""


class Sheet:
    """One table under examination."""

    def __init__(
        self, name: str, table: Table, schema: Schema, labels: Callable[[str], str]
    ) -> None:
        self.name = name
        self.path = path_of(name)
        self.table = table
        self.schema = schema
        self._labels = labels
        self._columns: dict[str, list[str]] = {}
        self._distinct: dict[str, frozenset[str]] = {}

    def column(self, field: str) -> list[str]:
        """The cells of a column, top to bottom."""
        if field not in self._columns:
            self._columns[field] = self.table.column(field)
        return self._columns[field]

    def distinct(self, field: str) -> frozenset[str]:
        """The different cells of a column, without the empty one."""
        if field not in self._distinct:
            self._distinct[field] = frozenset(self.column(field)) - {""}
        return self._distinct[field]

    def judge(
        self, code: str, field: str, verdict: Callable[[str], Remark | None]
    ) -> Iterator[Finding]:
        """The findings on a column; each distinct cell is judged once, an empty one never."""
        bad = {c: said for c in self.distinct(field) if (said := verdict(c)) is not None}
        if bad:
            for row, cell in enumerate(self.column(field)):
                if cell in bad:
                    yield self.finding(code, row, field, bad[cell])

    @cached_property
    def by_key(self) -> dict[Key, int]:
        """The rows by primary key; the last of equal keys wins."""
        columns = [self.column(n) for n in self.schema.primary_key]
        return {key: row for row, key in enumerate(zip(*columns, strict=True))}

    def key(self, row: int) -> Key:
        """The primary key of a row."""
        return tuple(self.column(n)[row] for n in self.schema.primary_key)

    def label(self, row: int) -> str:
        """The organisation or platform that a row is about, for people."""
        if "nom" in self.schema.columns:
            return self.column("nom")[row]
        if "siren" in self.schema.columns:
            return self._labels(self.column("siren")[row])
        return ""

    def finding(self, code: str, row: int, field: str, said: Remark) -> Finding:
        """A finding about a cell (or about the row, when ``field`` is empty)."""
        return Finding(
            code,
            said.message,
            said.severity,
            self.path,
            row + 2,
            self.key(row),
            field,
            self.label(row),
            said.fix,
        )

    def whole(
        self, code: str, message: str, *, line: int = 0, severity: Severity = "erreur"
    ) -> Finding:
        """A finding about the whole file."""
        return Finding(code, message, severity, self.path, line)


class Context:
    """The register under examination; ``names`` are the tables that findings are wanted for.

    ``before`` is the version that a change starts from, where one is examined; ``today`` is the
    date of the examination.
    """

    def __init__(
        self,
        register: Register,
        names: Sequence[str],
        today: date,
        before: Register | None = None,
    ) -> None:
        self.register = register
        self.names = tuple(names)
        self.today = today
        self.before = before
        self.unreadable: dict[str, tuple[Finding, ...]] = {}
        self._sheets: dict[str, Sheet | None] = {}
        self._odd: dict[str, frozenset[str]] = {}

    @cached_property
    def directory(self) -> Directory:
        """The official reference; read when a check first asks for it."""
        return Directory(self.register)

    def sheet(self, name: str) -> Sheet | None:
        """Any table of the register; None when it does not exist or cannot be read."""
        if name not in self._sheets:
            self._sheets[name] = self._read(name)
        return self._sheets[name]

    def sheets(self, *kinds: str) -> Iterator[Sheet]:
        """The readable tables asked for; with ``kinds``, only those that these schemas describe."""
        for name in self.names:
            if not kinds or kind_of(name) in kinds:
                sheet = self.sheet(name)
                if sheet is not None:
                    yield sheet

    def wanted(self, name: str) -> Sheet | None:
        """The table of that very name, when it is asked for and readable."""
        return self.sheet(name) if name in self.names else None

    def raw(self, sheet: Sheet) -> bytes:
        """The bytes of the file."""
        return self.register.files.read(sheet.path) or b""

    def odd(self, sheet: Sheet) -> frozenset[str]:
        """The characters of the file other than plain ASCII: what checks on characters look at."""
        if sheet.name not in self._odd:
            rest = self.raw(sheet).translate(None, PLAIN)
            self._odd[sheet.name] = frozenset(rest.decode())
        return self._odd[sheet.name]

    @cached_property
    def _names_of(self) -> dict[str, str]:
        sheet = self.sheet("organisations")
        if sheet is None:
            return {}
        return dict(zip(sheet.column("siren"), sheet.column("nom"), strict=True))

    def _label(self, siren: str) -> str:
        return self._names_of.get(siren, "")

    def _read(self, name: str) -> Sheet | None:
        if not self.register.has(name):
            return None
        try:
            schema = self.register.schema(name)
            return Sheet(name, self.register.table(name), schema, self._label)
        except Malformed as problem:
            self.unreadable[name] = problem.findings
            return None
