"""What is held of every answer, hostile or not: each dataset once, a refusal in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeVar

from observatoire.model import Row, SourceError
from observatoire.sources.kit.census import Census, Dataset

T = TypeVar("T")

TODAY = date(2026, 11, 23)
URL = "http://a.fr/"


def counted(datasets: Sequence[Dataset]) -> Iterator[Row]:
    """The rows of a portal that holds these datasets."""
    census = Census(TODAY, "Nous")
    for dataset in datasets:
        census.add(dataset)
    rows = list(census.rows("p"))
    ids = [d.id for d in datasets]
    assert sum(int(r["nb_jeux"]) for r in rows) == len({*ids} - {""}) + ids.count("")
    yield from rows


def outcome(read: Callable[[], T]) -> tuple[T | None, str]:
    """What is read, or the sentence that refuses it."""
    try:
        return read(), ""
    except SourceError as error:
        return None, str(error)
