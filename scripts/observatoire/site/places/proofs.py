"""Where the values of a page come from: the sentences of `observatoire explain`, in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire.explain.evidence import JOURNAL, Evidence, Harvested
from observatoire.explain.origins import Origins
from observatoire.model import Key, Row
from observatoire.reconcile.vetoes import key_text
from observatoire.reference.lookup import Reference
from observatoire.register import Register

Account = tuple[str, str]
"""A platform, and the identifier of a publisher there."""


@dataclass(frozen=True)
class Bulk(Evidence):
    """The same evidence, every table indexed once: for tens of thousands of lines."""

    vintage: Reference

    @cached_property
    def reference(self) -> Reference:
        """The newest reference, already read."""
        return self.vintage

    @cached_property
    def _journals(self) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.register.table(f"moissons/{JOURNAL}").records():
            found[row["plateforme"]].append(row)
        return found

    def journal(self, plateforme: str) -> list[Row]:
        """The last good harvests of a platform."""
        return self._journals.get(plateforme, [])

    @cached_property
    def _accounts(self) -> Mapping[Account, list[tuple[str, int]]]:
        return self._placed("moissons")

    @cached_property
    def _matches(self) -> Mapping[Account, list[tuple[str, int]]]:
        return self._placed("rapprochements")

    def _placed(self, folder: str) -> Mapping[Account, list[tuple[str, int]]]:
        """Where each account stands in the tables of a folder: their names and rows."""
        found: dict[Account, list[tuple[str, int]]] = defaultdict(list)
        for name in (f"{folder}/{n}" for n in self.book.under(folder) if n != JOURNAL):
            table = self.register.table(name)
            keys = zip(table.column("plateforme"), table.column("identifiant"), strict=True)
            for at, key in enumerate(keys):
                found[key].append((name, at))
        return found

    def _row(self, name: str, at: int) -> Row:
        table = self.register.table(name)
        return dict(zip(table.columns, table.rows[at], strict=True))

    def harvested(self, plateforme: str, identifiant: str) -> Harvested | None:
        """What the source of a platform last said of an account."""
        dates = {row["source"]: row["derniere_reussite"] for row in self.journal(plateforme)}
        found = self._accounts.get((plateforme, identifiant), ())
        sources = {name.removeprefix("moissons/"): (name, at) for name, at in found}
        for source in dates or sources:
            if source in sources:
                return Harvested(source, self._row(*sources[source]), dates.get(source, ""))
        return None

    def matches(self, plateforme: str, identifiant: str) -> list[Row]:
        """What was decided about who an account is."""
        found = self._matches.get((plateforme, identifiant), ())
        return [self._row(name, at) for name, at in found]

    @cached_property
    def _vetoed(self) -> frozenset[tuple[str, str]]:
        rows = (*self.book.lines("verrous").values(), *self.book.lines("refus").values())
        return frozenset((row["table"], row["cle"]) for row in rows)

    def vetoes(self, table: str, key: Key, champ: str) -> Iterator[str]:
        """The sentences about locks and refusals: most lines have none."""
        if (table, key_text(key)) in self._vetoed:
            yield from super().vetoes(table, key, champ)


@dataclass(frozen=True, slots=True)
class Proof:
    """A value of a line, the title of its column, the sentences that say where it comes from."""

    title: str
    value: str
    why: tuple[str, ...]


class Proofs:
    """The writer of the sentences, for the register of a version at ``date`` (ISO)."""

    def __init__(self, register: Register, date: str, reference: Reference) -> None:
        self.evidence = Bulk(register, register, date, reference)
        self.origins = Origins(self.evidence)

    def of_line(self, table: str, key: Key, row: Row) -> Sequence[str]:
        """Why a line is in the register."""
        return [sentence(s) for s in self.origins.of_line(table, key, row)]

    def of_cell(self, table: str, key: Key, row: Row, champ: str) -> Sequence[str]:
        """Where the value of a cell comes from."""
        return [sentence(s) for s in self.origins.of_cell(table, key, row, champ)]

    def harvested(self, plateforme: str, identifiant: str) -> Harvested | None:
        """What the last harvest says of an account."""
        return self.evidence.harvested(plateforme, identifiant)


def sentence(words: str) -> str:
    """The words as a sentence of a page; a name such as data.gouv.fr stays as it is."""
    named = "." in words.partition(" ")[0]
    return f"{words}." if named else f"{words[:1].upper()}{words[1:]}."
