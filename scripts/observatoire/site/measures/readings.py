"""The readable table of an indicator, by breakdown and by state of the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from observatoire import french
from observatoire.indicators.model import CURRENT, Evidence, Header
from observatoire.model import Row
from observatoire.site.charts.choice import Figure
from observatoire.table import Table

LATEST = 3
"""The published versions that a table shows: the last ones."""


@dataclass(frozen=True, slots=True)
class Vintage:
    """A state of the register: an edition, a published version, the register as it stands."""

    name: str
    date: str

    @property
    def called(self) -> str:
        """Its name in words."""
        return "Registre" if self.name == CURRENT else called(self.name)

    @property
    def when(self) -> str:
        """Its name and its day: "Édition 2022 (31 décembre 2022)"."""
        return f"{self.called} ({french.day(self.date)})"


def called(name: str) -> str:
    """A state in words: an edition by its year, or its month ("2018-10"), a version by its tag."""
    year, _, month = name.partition("-")
    if year.isdigit() and month.isdigit():
        return f"Édition {_of(french.MONTHS[int(month) - 1])} {year}"
    return f"Édition {name}" if year.isdigit() else f"Version {name}"


@dataclass(frozen=True)
class Readings:
    """What the table of one indicator says."""

    table: Table
    header: Header

    @cached_property
    def _figures(self) -> dict[tuple[str, str], dict[str, Figure]]:
        proofs = {d.nom: d.preuve for d in self.header.dimensions}
        out: dict[tuple[str, str], dict[str, Figure]] = {}
        for row in self.table.records():
            place = out.setdefault((row["dimension"], row["millesime"]), {})
            place[row["code"]] = _figure(row, proofs.get(row["dimension"], french.ratio))
        return out

    @cached_property
    def _notes(self) -> dict[tuple[str, str], dict[str, tuple[str, str]]]:
        """The scope and the remark of each figure, by breakdown and state, then by code."""
        out: dict[tuple[str, str], dict[str, tuple[str, str]]] = {}
        for row in self.table.records():
            scope, _, remark = row["note"].removeprefix("Portée : ").partition(". ")
            place = out.setdefault((row["dimension"], row["millesime"]), {})
            place[row["code"]] = (scope.removesuffix("."), remark.removesuffix("."))
        return out

    @cached_property
    def vintages(self) -> Sequence[Vintage]:
        """Every state, oldest first; the register as it stands is the last."""
        found = {(r["millesime"], r["date"]) for r in self.table.records()}
        every = [Vintage(name, date) for name, date in found]
        return sorted(every, key=lambda v: (v.name == CURRENT, v.date, v.name))

    @property
    def shown(self) -> Sequence[Vintage]:
        """The editions, the last versions, the register."""
        versions = [v for v in self.vintages if v.name != CURRENT and not v.name.isdigit()]
        return [v for v in self.vintages if v not in versions[:-LATEST]]

    def latest(self, dimension: str) -> Vintage | None:
        """The last state that says something of a breakdown."""
        found = [v for v in self.vintages if (dimension, v.name) in self._figures]
        return found[-1] if found else None

    def figures(self, dimension: str, vintage: Vintage) -> Sequence[Figure]:
        """The figures of a breakdown, in the order of the indicator."""
        return list(self._figures.get((dimension, vintage.name), {}).values())

    def at(self, dimension: str, code: str, vintage: Vintage) -> Figure | None:
        """One figure."""
        return self._figures.get((dimension, vintage.name), {}).get(code)

    def scope(self, dimension: str, code: str, vintage: Vintage) -> str:
        """What a figure covers."""
        scope, _ = self._notes.get((dimension, vintage.name), {}).get(code, ("", ""))
        return _sentence(scope) if scope else ""

    def remarks(self, dimension: str, vintage: Vintage) -> Sequence[str]:
        """What there is to know of the figures of a breakdown, each thing once."""
        found = self._notes.get((dimension, vintage.name), {}).values()
        return [_sentence(remark) for remark in dict.fromkeys(r for _, r in found) if remark]


def _figure(row: Row, proof: Evidence) -> Figure:
    return Figure(
        row["code"],
        row["libelle"],
        row["valeur"],
        row["unite"],
        int(row["numerateur"]),
        int(row["denominateur"]),
        proof,
    )


def _of(month: str) -> str:
    return f"d'{month}" if month[0] in "ao" else f"de {month}"


def _sentence(words: str) -> str:
    """A note as a sentence."""
    return f"{words[:1].upper()}{words[1:]}."
