"""What a check sees: the tables asked for, column by column, with their lines and labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from functools import cached_property
from operator import itemgetter

from observatoire.model import Finding, Key, Malformed, Severity
from observatoire.register import Register, kind_of, path_of
from observatoire.schema import Schema
from observatoire.validate import reading
from observatoire.validate.doubtful import Row, doubtful
from observatoire.validate.identity import Directory
from observatoire.validate.model import Remark

PLAIN = bytes(set(range(0x20, 0x7F)) - set(b'"<>')) + b"\n"
"""Bytes that no check on characters looks for."""

_FIRST = itemgetter(0)
Labels = Callable[[str], str]


class Sheet:
    """One table under examination, as columns of cells; row ``i`` is line ``i + 2`` of the file.

    ``plain``: no cell holds a quotation mark; ``trimmed``: none begins or ends with a space.
    """

    def __init__(
        self, name: str, schema: Schema, raw: bytes, columns: reading.Columns, labels: Labels
    ) -> None:
        self.name = name
        self.path = path_of(name)
        self.schema = schema
        self.raw = raw
        self._labels = labels
        self._columns = dict(zip(schema.columns, columns, strict=True))
        self._distinct: dict[str, Set[str]] = {}
        self._firsts: dict[str, frozenset[str]] = {}

        self.plain = False
        self.trimmed = False

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def column(self, field: str) -> list[str]:
        """The cells of a column, top to bottom."""
        return self._columns[field]

    def distinct(self, field: str) -> Set[str]:
        """The different cells of a column, without the empty one."""
        if field not in self._distinct:
            cells = set(self.column(field))
            cells.discard("")
            self._distinct[field] = cells
        return self._distinct[field]

    def row(self, at: int) -> tuple[str, ...]:
        """The cells of a row."""
        return tuple(column[at] for column in self._columns.values())

    @cached_property
    def rows(self) -> list[tuple[str, ...]]:
        """All the rows."""
        return list(zip(*self._columns.values(), strict=True))

    def keys(self) -> list[Key]:
        """The primary key of each row."""
        return list(zip(*(self.column(n) for n in self.schema.primary_key), strict=True))

    @cached_property
    def by_key(self) -> dict[Key, int]:
        """The rows by primary key; the last of equal keys wins."""
        return {key: row for row, key in enumerate(self.keys())}

    def firsts(self, field: str) -> frozenset[str]:
        """The first characters of the cells of a column."""
        if field not in self._firsts:
            self._firsts[field] = frozenset(map(_FIRST, self.distinct(field)))
        return self._firsts[field]

    @cached_property
    def lower(self) -> bytes:
        """The bytes of the file in lower case: where rare words are looked for at once."""
        return self.raw.lower()

    @cached_property
    def odd(self) -> frozenset[str]:
        """The characters of the cells other than plain ASCII: what checks on characters look at."""
        rest = frozenset(self.raw.translate(None, PLAIN).decode())
        return rest - {'"'} if self.plain else rest

    def judge(
        self,
        code: str,
        field: str,
        verdict: Callable[[str], Remark | None],
        among: Iterable[str] | None = None,
    ) -> Iterator[Finding]:
        """The findings on a column; each distinct cell is judged once, an empty one never.

        ``among`` are the only cells worth judging, when the check knows them at less cost.
        """
        cells = self.distinct(field) if among is None else among
        bad = {c: said for c in cells if (said := verdict(c)) is not None}
        if bad:
            for row, cell in enumerate(self.column(field)):
                if cell in bad:
                    yield self.finding(code, row, field, bad[cell])

    def key(self, row: int) -> Key:
        """The primary key of a row."""
        return tuple(self.column(n)[row] for n in self.schema.primary_key)

    def label(self, row: int) -> str:
        """The organisation or platform that a row is about, for people."""
        if "nom" in self._columns:
            return self.column("nom")[row]
        if "siren" in self._columns:
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

    @cached_property
    def directory(self) -> Directory:
        """The official reference; read when a check first asks for it."""
        return Directory(self.register)

    @cached_property
    def doubtful(self) -> list[Row]:
        """The organisations that the reference does not list just as they are."""
        return doubtful(self)

    @cached_property
    def past(self) -> Context | None:
        """The version that a change starts from."""
        if self.before is None:
            return None
        return Context(self.before, self.before.names(), self.today)

    def sheet(self, name: str) -> Sheet | None:
        """Any table of the register; None when it does not exist or cannot be read."""
        if name not in self._sheets:
            try:
                self._sheets[name] = self._read(name)
            except Malformed as problem:
                self.unreadable[name] = problem.findings
                self._sheets[name] = None
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

    def _read(self, name: str) -> Sheet | None:
        raw = self.register.files.read(path_of(name))
        if raw is None:
            return None
        schema = self.register.schema(name)
        plain = reading.columns(raw, schema.columns)
        if plain is None:
            rows = self.register.table(name).rows
            columns = [[row[i] for row in rows] for i in range(len(schema.columns))]
            return Sheet(name, schema, raw, columns, self._label)
        sheet = Sheet(name, schema, raw, plain.columns, self._label)
        sheet.plain, sheet.trimmed = True, plain.trimmed
        return sheet

    @cached_property
    def _names_of(self) -> dict[str, str]:
        sheet = self.sheet("organisations")
        if sheet is None:
            return {}
        return dict(zip(sheet.column("siren"), sheet.column("nom"), strict=True))

    def _label(self, siren: str) -> str:
        return self._names_of.get(siren, "")
