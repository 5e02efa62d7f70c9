"""The organisations worth a closer look: those that are not in the reference just as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from observatoire.validate.identity import KINDS
from observatoire.validate.sheet import Sheet

if TYPE_CHECKING:
    from observatoire.validate.context import Context


class Row(NamedTuple):
    """What a line says of its organisation; ``at`` is its place in the table."""

    at: int
    siren: str
    nom: str
    type: str
    departement: str
    statut: str

    @property
    def gone(self) -> bool:
        """Whether the line says that the body exists no more."""
        return self.statut in ("cesse", "fusionne")


def doubtful(context: Context) -> list[Row]:
    """The lines of a type that the reference lists, whose SIREN, type and département it has not.

    Sets first: of 60,000 sound lines none is looked at one by one.
    """
    sheet = context.wanted("organisations")
    years = context.register.vintages()
    if sheet is None or not years:
        return []
    listed = set(_listed(context, f"reference/{years[-1]}"))
    triples = zip(*(sheet.column(n) for n in ("siren", "type", "departement")), strict=True)
    places = [i for i, t in enumerate(triples) if t not in listed and t[1] in KINDS]
    return list(rows(sheet, places))


def rows(sheet: Sheet, places: Iterable[int]) -> Iterator[Row]:
    """Some lines of the organisations."""
    columns = [sheet.column(n) for n in Row._fields[1:]]
    for at in places:
        yield Row(at, *(c[at] for c in columns))


def _listed(context: Context, folder: str) -> Iterator[tuple[str, str, str]]:
    """SIREN, type and département of the bodies of a vintage."""
    kinds = (("communes", "COM", "departement"), ("departements", "DEP", "code"))
    for name, kind, place in kinds:
        sheet = context.sheet(f"{folder}/{name}")
        if sheet is not None:
            yield from zip(sheet.column("siren"), repeat(kind), sheet.column(place), strict=False)
    sheet = context.sheet(f"{folder}/epci")
    if sheet is not None:
        columns = (sheet.column(n) for n in ("siren", "type", "departement"))
        yield from zip(*columns, strict=True)
