"""The folders that a harvest opens: its cache, its recording, or the one that it plays again."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from observatoire import files
from observatoire.harvest import recorded
from observatoire.harvest.model import Outcome
from observatoire.harvest.recorded import Recorded
from observatoire.web import Shelf, Shelves

WHOLE = sys.maxsize
"""A recording is never trimmed."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where answers are kept; None for what is not wanted."""

    cache: Path | None = None
    record: Path | None = None
    replay: Path | None = None


@contextmanager
def shelves(places: Places) -> Iterator[Shelves]:
    """The open folders for the time of the block; raises Breakdown."""
    wanted = (
        None if places.replay or places.cache is None else Shelf(places.cache),
        Shelf(places.record, WHOLE) if places.record else None,
        Shelf(places.replay, WHOLE) if places.replay else None,
    )
    with ExitStack() as stack:
        yield Shelves(*(stack.enter_context(shelf) if shelf else None for shelf in wanted))


def start(shelf: Shelf, about: Recorded) -> None:
    """Begin a recording, in the place of the last one in this folder."""
    shelf.clear()
    files.write(shelf.folder, {recorded.FILE: recorded.write(about)})


def forget_failures(open_: Shelves, outcomes: Iterable[Outcome]) -> None:
    """Ask anew, next time, what gave no good harvest: a kept answer may be the reason."""
    if open_.cache:
        open_.cache.forget(k for o in outcomes if o.error for k in o.cost.kept)
