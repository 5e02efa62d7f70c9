"""What a check sees: the tables asked for, the version before, the official reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from observatoire.model import Finding, Malformed
from observatoire.register import Register, kind_of, path_of
from observatoire.validate import reading
from observatoire.validate.doubtful import Row, doubtful
from observatoire.validate.identity import Directory
from observatoire.validate.sheet import Read, Sheet, careful


class Context:
    """The register under examination; ``names`` are the tables that findings are wanted for.

    ``before`` is the version that a change starts from, where one is examined; ``today`` is the
    date of the examination; ``directory`` is the official reference, read when a check asks for it.
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
        self.directory = Directory(register)
        self.unreadable: dict[str, tuple[Finding, ...]] = {}
        self._sheets: dict[str, Sheet | None] = {}

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
        read: Read | None = reading.plain(raw, schema, self.today)
        if read is None:
            read = careful(self.register.table(name).rows, len(schema.columns))
        return Sheet(name, schema, raw, read, self._label)

    @cached_property
    def _names_of(self) -> dict[str, str]:
        sheet = self.sheet("organisations")
        if sheet is None:
            return {}
        return dict(zip(sheet.column("siren"), sheet.column("nom"), strict=True))

    def _label(self, siren: str) -> str:
        return self._names_of.get(siren, "")
