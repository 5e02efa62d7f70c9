"""The sheets of a workbook: which one holds the table that is asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from observatoire.letters import fold
from observatoire.model import Finding, Malformed
from observatoire.words import listed, quote

MAX_COLUMNS = 500


class Sheet(NamedTuple):
    """A sheet by its name, and its rows of text."""

    name: str
    rows: list[list[str]]


def plain(number: float) -> str:
    """A number as a cell of text: whole where it is."""
    return str(int(number)) if number.is_integer() else repr(number)


def chosen(sheets: Sequence[Sheet], known: Collection[str], file: str) -> tuple[Sheet, str]:
    """The sheet with the most of the ``known`` columns, and what is said of those left aside.

    Raises Malformed when several have them all: one of them would be lost.
    """
    filled = [s for s in sheets if any(any(row) for row in s.rows)]
    if len(filled) < 2:  # noqa: PLR2004 - nothing to choose from
        return (filled or [*sheets, Sheet("", [])])[0], ""
    scores = [max((_score(row, known) for row in s.rows[:10]), default=0) for s in filled]
    best = filled[scores.index(max(scores))]
    twins = [s.name for s, score in zip(filled, scores, strict=True) if score == max(scores) > 1]
    if len(twins) > 1:
        raise Malformed(
            Finding(
                "classeur",
                f"les feuilles {listed(twins, 'et')} de ce classeur ont les mêmes colonnes :"
                " réunissez leurs lignes dans une seule, et supprimez les autres.",
                file=file,
            )
        )
    aside = listed((s.name for s in filled if s is not best), "ni")
    return best, f"seule la feuille {quote(best.name)} est reprise, pas {aside}"


def _score(row: Sequence[str], known: Collection[str]) -> int:
    return len({fold(c) for c in row} & {*known})
