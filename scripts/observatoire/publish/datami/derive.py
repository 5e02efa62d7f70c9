"""The derived cells of the flat view (domain.md, section 8)."""

from __future__ import annotations

from collections.abc import Iterable

from observatoire.indicators.brackets import index
from observatoire.model import Row
from observatoire.publish.datami import javascript

VOLUMES = {
    1: "d_1_5",
    6: "d_6_10",
    11: "d_11_25",
    26: "d_26_50",
    51: "d_51_100",
    101: "d_101_250",
    251: "d_251_500",
    501: "d_501_5000",
}
"""Lower bounds; the last bracket is open: some portals hold more than 5,000 datasets."""

SIZES = {
    0: "na",
    1_000: "p_1_5",
    5_000: "p_5_10",
    10_000: "p_10_25",
    25_000: "p_25_50",
    50_000: "p_50_100",
    100_000: "p_100_250",
    250_000: "p_250_500",
    500_000: "p_500_1000",
    1_000_000: "p_1000_5000.001",
}
"""Lower bounds; the last bracket is open and keeps its old name."""


def volume(datasets: int) -> str:
    """The bracket of a number of datasets; ``d_na`` when none is known."""
    rank = index(datasets, tuple(VOLUMES))
    return tuple(VOLUMES.values())[rank] if rank >= 0 else "d_na"


def size(population: str) -> str:
    """The bracket of a population, half-open; ``p_na`` when it is missing."""
    if not population:
        return "p_na"
    return tuple(SIZES.values())[index(int(population), tuple(SIZES))]


def total(publications: Iterable[Row]) -> str:
    """The sum of the known numbers of datasets; "" when none is known."""
    counts = [datasets(p) for p in publications if p["nb_jeux"]]
    return str(sum(counts)) if counts else ""


def datasets(publication: Row) -> int:
    """How many datasets a publication counts; 0 when unknown."""
    return int(publication["nb_jeux"] or 0)


def population(known: int | None, organisation: Row) -> str:
    """What the reference says; else the population that an associated body serves."""
    return str(known) if known is not None else organisation["population_desservie"]


def number(cell: str) -> str:
    """A decimal number as JavaScript writes it; a cell that is no number is left as it is."""
    return javascript.convert(cell, "number", cell)
