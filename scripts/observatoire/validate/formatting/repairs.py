"""The safe repairs of a cell: those after which nobody can say that the value changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from observatoire import cells
from observatoire.schema import Field, Schema
from observatoire.table import Table
from observatoire.validate import slips
from observatoire.validate.formatting.reading import Notes
from observatoire.validate.points import exchanged
from observatoire.words import quote

GHOSTS = frozenset(("undefined", "null", "NaN"))
"""What Datami and scripts write in a cell that nobody filled."""
POINT = ("latitude", "longitude", "departement")
EXCHANGED = "latitude et longitude échangées, elles étaient inversées"

_TRAILING_ZERO = re.compile(r"([0-9]+)\.0")


Step = tuple[Callable[[str], str], str]


@dataclass(frozen=True)
class Repaired:
    """The cell to write, and what was done to it."""

    cell: str
    words: str


def repair(field: Field, *, worded: bool = False) -> Callable[[str], Repaired | None]:
    """How the cells of a column are repaired: None when there is nothing to do.

    ``worded``: it holds what people write, and not what a portal says.
    """
    spell = cells.speller(field)
    steps: list[Step] = [
        (_visible, "caractères invisibles enlevés"),
        (_unghost, "« null » et « undefined » effacés"),
        *_BY_TYPE.get(field.type, ()),
    ]
    if field.enum:
        steps.append((_choice(field), "valeurs écrites comme dans la liste"))
    if field.compiled:
        steps.append((_shape(field), "codes remis en forme"))
    if worded:
        steps.append((slips.spaced, "espaces en double enlevés"))
    steps.append((spell, "cellules mises sous leur forme canonique"))

    def repaired(cell: str) -> Repaired | None:
        now, words = cell, ""
        for step, name in steps:
            after = step(now)
            if after != now:
                now, words = after, words or name
        return Repaired(now, words) if now != cell else None

    return repaired


def repair_all(table: Table, schema: Schema, notes: Notes, numbers: Sequence[int]) -> Table:
    """A table with its cells repaired; ``numbers`` are those of its lines in the file."""
    columns = []
    for field in schema.fields:
        column = table.column(field.name)
        fix = repair(field, worded=slips.worded(schema, field))
        changed = {c: done for c in set(column) if (done := fix(c)) is not None}
        if changed:
            for number, cell in zip(numbers, column, strict=True):
                done = changed.get(cell)
                if done:
                    place = f"ligne {number}, {field.name}"
                    notes.add(done.words, f"{place}, {quote(cell)} devient {quote(done.cell)}")
            column = [changed[c].cell if c in changed else c for c in column]
        columns.append(column)
    if {*POINT} <= {*table.columns}:
        _exchange([columns[table.columns.index(name)] for name in POINT], notes, numbers)
    return Table(table.columns, list(zip(*columns, strict=True)))


def _exchange(point: list[list[str]], notes: Notes, numbers: Sequence[int]) -> None:
    """Put coordinates back in their columns where they stand in place of each other."""
    latitudes, longitudes, _ = point
    for row in exchanged(*point):
        y, x = latitudes[row], longitudes[row]
        latitudes[row], longitudes[row] = x, y
        place = f"ligne {numbers[row]}, latitude {quote(x)}, longitude {quote(y)}"
        notes.add(EXCHANGED, place, "ligne")


def _visible(cell: str) -> str:
    """Without format and control characters; any other blank, a line end included, is a space."""
    if cell.isprintable():
        return cell
    spaced = (" " if c.isspace() else c for c in cell)
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cf", "Cc"})


def _unghost(cell: str) -> str:
    return "" if cell.strip() in GHOSTS else cell


def _number(cell: str) -> str:
    slip = slips.number(cell)
    return slip.fix if slip else cell


def _integer(cell: str) -> str:
    slip = slips.integer(cell)
    return slip.fix if slip else cell


def _day(cell: str) -> str:
    slip = slips.day(cell)
    return slip.fix if slip and cells.reader("date")(cell) is None else cell


def _choice(field: Field) -> Callable[[str], str]:
    allowed = frozenset(field.enum)

    def choice(cell: str) -> str:
        slip = None if not cell or cell in allowed else slips.choice(cell, field.enum)
        return slip.fix if slip else cell

    return choice


def _shape(field: Field) -> Callable[[str], str]:
    pattern = field.compiled

    def shape(cell: str) -> str:
        if not cell or pattern is None or pattern.fullmatch(cell):
            return cell
        for attempt in (_whole, slips.unmarked, slips.digits, slips.padded, slips.upper):
            meant = attempt(cell.strip())
            if meant and pattern.fullmatch(meant):
                return meant
        return cell

    return shape


def _whole(cell: str) -> str:
    """A code that a spreadsheet took for a decimal number."""
    found = _TRAILING_ZERO.fullmatch(cell)
    return found[1] if found else ""


_BY_TYPE: dict[str, list[Step]] = {
    "number": [(_number, "nombres écrits avec un point et sans espace")],
    "integer": [(_integer, "nombres entiers écrits sans décimale ni espace")],
    "date": [(_day, "dates écrites dans l'ordre année-mois-jour")],
}
