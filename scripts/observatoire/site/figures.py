"""The figures of a version, found by indicator, vintage and place; the page computes none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from observatoire import french
from observatoire.indicators.model import CURRENT, WHOLE, Place
from observatoire.indicators.tidy import KEY
from observatoire.table import Table

SCOPE = "Portée : "


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table of indicators, in words; ``key`` says which."""

    key: str
    modalite: str
    value: str
    text: str
    part: int
    of: int
    date: str
    scope: str

    @property
    def ratio(self) -> str:
        """ "578 sur 4 642"."""
        return french.ratio(self.part, self.of)


class Figures:
    """The table of indicators, read by keys."""

    def __init__(self, table: Table) -> None:
        self._table = table

    @cached_property
    def _rows(self) -> dict[tuple[str, ...], Figure]:
        return {
            (r["indicateur"], r["millesime"], r["dimension"], r["modalite"]): _figure(r)
            for r in self._table.records()
        }

    @cached_property
    def vintages(self) -> list[str]:
        """The vintages, oldest first; the register as it stands is the last."""
        return list(dict.fromkeys(self._table.column("millesime")))

    def at(
        self, indicator: str, place: Place = (WHOLE, WHOLE), vintage: str = CURRENT
    ) -> Figure | None:
        """One figure; None when the version does not have it."""
        return self._rows.get((indicator, vintage, *place))


def _figure(row: dict[str, str]) -> Figure:
    return Figure(
        key="/".join(row[name] for name in KEY),
        modalite=row["modalite"],
        value=row["valeur"],
        text=french.measure(row["valeur"], row["unite"]),
        part=int(row["numerateur"]),
        of=int(row["denominateur"]),
        date=row["date"],
        scope=scope(row["note"]),
    )


def scope(note: str) -> str:
    """What a figure covers: the first sentence of its note."""
    text = note.removeprefix(SCOPE).partition(". ")[0].rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
