"""The organisations worth a closer look: those that are not in the reference just as they are."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from observatoire.register import kind_of
from observatoire.validate.kinds import KINDS
from observatoire.validate.sheet import Sheet
from observatoire.validate.watch import Cells, Same

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


class Claims(Same):
    """What lines say of their bodies, for the types that the reference lists.

    ``kind`` is the type when it is the same on all lines, ``place`` the column of the département.
    Seen by block: the rows, and as one text their SIREN, type and département.
    """

    def __init__(self, kind: str = "", place: str = "departement") -> None:
        self.kind = kind
        self.place = place

    def start(self) -> _Claims:
        """Begin on a table."""
        return _Claims(self)


class _Claims:
    def __init__(self, watch: Claims) -> None:
        self._watch = watch
        self._groups: list[tuple[array[int], str]] = []

    def feed(self, first: int, cells: Cells, /) -> None:
        sirens, places = cells["siren"], cells[self._watch.place]
        types = [self._watch.kind] * len(sirens) if self._watch.kind else cells["type"]
        triples = zip(sirens, types, places, strict=True)
        if KINDS.keys() >= set(types):
            rows: Iterable[int] = range(first, first + len(sirens))
            texts = list(map("|".join, triples))
        else:
            claims = [(i, "|".join(t)) for i, t in enumerate(triples, first) if t[1] in KINDS]
            rows, texts = [row for row, _ in claims], [text for _, text in claims]
        if texts:
            self._groups.append((array("q", rows), "\n".join(texts)))

    def join(self, other: _Claims) -> None:
        self._groups += other._groups

    def result(self) -> list[tuple[array[int], str]]:
        return self._groups


LISTS = {
    "organisations": Claims(),
    "reference-communes": Claims("COM"),
    "reference-departements": Claims("DEP", "code"),
    "reference-epci": Claims(),
}
"""The tables whose lines are compared, by the names of their schemas."""


def doubtful(context: Context) -> list[Row]:
    """The lines of a type that the reference lists, whose SIREN, type and département it has not.

    Sets first: of 60,000 sound lines none is looked at one by one.
    """
    sheet = context.wanted("organisations")
    years = context.register.vintages()
    if sheet is None or not years or not context.register.has(f"reference/{years[-1]}/communes"):
        return []  # without the communes there is no reference to differ from
    folder = f"reference/{years[-1]}"
    listed: set[str] = set()
    for name in ("communes", "departements", "epci"):
        for _, text in _claims(context.sheet(f"{folder}/{name}")):
            listed.update(text.split("\n"))
    places = []
    for group, text in _claims(sheet):
        claims = text.split("\n")
        if not listed.issuperset(claims):
            places += [r for r, c in zip(group, claims, strict=True) if c not in listed]
    return list(rows(sheet, places))


def _claims(sheet: Sheet | None) -> list[tuple[array[int], str]]:
    return sheet.watched(LISTS[kind_of(sheet.name)]) if sheet else []


def rows(sheet: Sheet, places: Iterable[int]) -> Iterator[Row]:
    """Some lines of the organisations."""
    places = list(places)
    for at, cells in zip(places, sheet.cells(places, *Row._fields[1:]), strict=True):
        yield Row(at, *cells)
