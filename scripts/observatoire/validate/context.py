"""What a check sees: the tables asked for, the version before, the official reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from io import SEEK_END
from typing import TYPE_CHECKING, Any

from observatoire.files import MAX_BYTES, opened
from observatoire.intake import refuse_endless
from observatoire.model import Finding, Malformed
from observatoire.register import Register, kind_of, path_of
from observatoire.schema import Schema
from observatoire.validate.blocks import EVERYTHING, Span
from observatoire.validate.doubtful import Row, doubtful
from observatoire.validate.sheet import Sheet
from observatoire.validate.start import same
from observatoire.validate.store import Careful, Plain, Store
from observatoire.validate.survey import Survey, survey
from observatoire.validate.watch import Watch

if TYPE_CHECKING:
    from observatoire.validate.change import Change
    from observatoire.validate.identity import Directory

LARGE = 1 << 24
"""Bytes: a file with no more is read whole, to say what is wrong with it."""
Watches = Callable[[str, Schema], Iterable[Watch[Any]]]
"""What is to be watched in a table, by its name and schema."""


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
        watches: Watches = lambda *_: (),
    ) -> None:
        self.register = register
        self.names = tuple(names)
        self.today = today
        self.before = before
        self._after: Context | None = None
        self.changes: dict[str, Change | None] = {}
        self.unreadable: dict[str, tuple[Finding, ...]] = {}
        self._watches = watches
        self._surveys: dict[str, Survey | None] = {}
        self._sheets: dict[str, Sheet | None] = {}

    @cached_property
    def directory(self) -> Directory:
        """The official reference."""
        if self._after:
            found = self._after.directory
        else:
            from observatoire.validate.identity import Directory  # only for a doubtful line

            found = Directory(self.register, self.sheet)
        found.want(row.siren for row in self.doubtful)
        return found

    def share(self, after: Context) -> None:
        """Use the reference and the tables that the version after has too, under its schemas."""
        self._after = after

    @cached_property
    def doubtful(self) -> list[Row]:
        """The organisations that the reference does not list just as they are."""
        return doubtful(self)

    @cached_property
    def past(self) -> Context | None:
        """The version that a change starts from."""
        if self.before is None:
            return None
        return Context(self.before, self.before.names(), self.today, None, self._watches)

    def surveys(self, spans: Mapping[str, Span]) -> dict[str, Survey | None]:
        """The surveys of parts of some tables, those that cannot be read left out."""
        out = {}
        for name, span in spans.items():
            try:
                out[name] = self._surveyed(name, span)
            except Malformed:
                continue
        return out

    def learn(self, surveys: Mapping[str, Survey | None]) -> None:
        """Take the surveys that were made of the tables, or of their next parts."""
        for name, made in surveys.items():
            known = self._surveys.get(name)
            if name not in self._surveys:
                self._surveys[name] = made
            elif known is None or made is None:
                self._surveys[name] = None
            else:
                known.join(made)

    def size(self, name: str) -> int:
        """The bytes of a table; 0 when it cannot be opened."""
        try:
            stream = opened(self.register.files, path_of(name))
        except Malformed:
            return 0
        if stream is None:
            return 0
        with stream:
            return stream.seek(0, SEEK_END)

    def raw(self, name: str) -> bytes:
        """The bytes of a table."""
        return self.register.files.read(path_of(name)) or b""

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

    def former(self, sheet: Sheet, row: int, field: str) -> str:
        """What a cell held before the change; "" when it held nothing, or its line is new."""
        past = self.past.sheet(sheet.name) if self.past else None
        if past is None:
            return ""
        key = sheet.key(row)
        # Several lines may have that key, or none at all: the one in its place comes first.
        at = row if row < len(past) and past.key(row) == key else past.by_key.get(key)
        return "" if at is None else past.column(field)[at]

    def _read(self, name: str) -> Sheet | None:
        after = self._after
        if after and same(self.register.files, after.register.files, path_of(name)):
            found = after.sheet(name)
            if name in after.unreadable:
                raise Malformed(*after.unreadable[name])
            return found
        if not self.register.has(name):
            return None
        schema = self.register.schema(name)
        made = self._survey(name)
        store: Store
        if made is None:
            self._refuse_large(name, schema)
            store = Careful(self.register.table(name).rows, len(schema.columns))
        else:
            store = Plain(self.register.files, path_of(name), schema, made)
        return Sheet(name, schema, store, self._label)

    def _refuse_large(self, name: str, schema: Schema) -> None:
        """Before the whole of a table is read, to say what is wrong with it."""
        stream = opened(self.register.files, path_of(name))
        if stream is None:
            return
        with stream:
            size = self.size(name)
            if size > LARGE:
                refuse_endless(stream, path_of(name))
            if size > MAX_BYTES:
                from observatoire.validate import oversize  # only for such a file: start-up counts

                stream.seek(0)
                oversize.refuse(stream, path_of(name), schema)

    def _survey(self, name: str) -> Survey | None:
        if name not in self._surveys:
            self._surveys[name] = self._surveyed(name, EVERYTHING)
        return self._surveys[name]

    def _surveyed(self, name: str, span: Span) -> Survey | None:
        schema = self.register.schema(name)
        stream = opened(self.register.files, path_of(name))
        if stream is None:
            return None
        with stream:
            return survey(stream, schema, self.today, self._watches(name, schema), span)

    @cached_property
    def _names_of(self) -> dict[str, str]:
        sheet = self.sheet("organisations")
        if sheet is None:
            return {}
        return dict(zip(sheet.column("siren"), sheet.column("nom"), strict=True))

    def _label(self, siren: str) -> str:
        return self._names_of.get(siren, "")
