"""Accounts that go missing and come back: only a committed harvest remembers since when.

An absence changes no cell of the register, but its grace period runs from the harvest that main
holds: it has to get there. So does a return, or the next absence would count from the first one.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from observatoire.model import Key, Row
from observatoire.settle import KEY, Settled, absent
from observatoire.table import Table


def absences(
    base: Table, settled: Settled, lines: Set[Key], unseen: Iterable[Row]
) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """The keys of publications newly absent, and back; ``lines`` are those of the register.

    ``unseen`` are the lines of the register that no harvest ever gave, absent from now on.
    """
    before = {k for k, row in base.by(*KEY).items() if absent(row)}
    now = {k for k, row in settled.lines.items() if absent(row)}
    forgotten = {(row["siren"], *(row[c] for c in KEY)) for row in unseen}
    gone = {k for k in lines if k[1:] in now - before} | forgotten
    back = {k for k in lines if k[1:] in before - now}
    return tuple(sorted(gone)), tuple(sorted(back))
