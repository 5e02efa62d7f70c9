"""A platform that did not answer says nothing: what its open request holds stays proposed.

The folder then has main's rows for it, as if the source had gone back to them; the request would be
emptied by each failure, and filled again the day after.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from observatoire.heard import Heard
from observatoire.model import Row
from observatoire.register import Register, path_of
from observatoire.table import Table, from_records

JOURNAL = "moissons/journal"


def carried(
    source: str, main: Register, work: Register, branch: Register, heard: Heard
) -> dict[str, bytes]:
    """The harvest of a source and the journal, with what ``branch`` has of silent platforms.

    ``heard`` are the platforms that answered the last harvest.
    """
    name = f"moissons/{source}"
    ours, theirs = work.table(name), branch.table(name)
    silent = {
        p
        for p in {*ours.column("plateforme"), *theirs.column("plateforme")}
        if p not in heard.get(source, ()) and _rows(ours, p) == _rows(main.table(name), p)
    }
    if not silent:
        return {}
    mixed = {
        name: _mixed(ours, theirs, lambda row: row["plateforme"] in silent),
        JOURNAL: _mixed(
            work.table(JOURNAL),
            branch.table(JOURNAL),
            lambda row: row["source"] == source and row["plateforme"] in silent,
        ),
    }
    return {path_of(n): work.bytes_of(n, table) for n, table in mixed.items()}


def _rows(table: Table, platform: str) -> Sequence[tuple[str, ...]]:
    at = table.position("plateforme")
    return sorted(row for row in table.rows if row[at] == platform)


def _mixed(ours: Table, theirs: Table, silent: Callable[[Row], bool]) -> Table:
    """Our lines, but those of the silent platforms, which are theirs."""
    kept = [row for row in ours.records() if not silent(row)]
    return from_records(ours.columns, kept + [row for row in theirs.records() if silent(row)])
