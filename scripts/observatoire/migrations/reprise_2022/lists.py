"""Lists of bodies that the old tables repeat: derived, so that only a difference is news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import forms
from observatoire.migrations.reprise_2022.journal import Journal
from observatoire.model import Row


@dataclass(frozen=True)
class Listing:
    """A table whose ``column`` lists the bodies that name its line in their own ``mirror``."""

    table: str
    name: str
    column: str
    mirror: str
    rule: str


def compare(
    listing: Listing, rows: Sequence[Row], organisations: Sequence[Row], journal: Journal
) -> None:
    """A body that is listed, and does not say so itself, gets a line."""
    stated: dict[str, set[str]] = defaultdict(set)
    for row in organisations:
        for value in forms.values(row[listing.mirror]):
            stated[value].add(forms.siren(row["siren"]))
    for row in rows:
        name = forms.text(row[listing.name])
        pen = journal.pen(listing.table, name, name)
        for siren in map(forms.siren, forms.values(row[listing.column])):
            if siren not in stated[name]:
                pen.drops(listing.column, siren, listing.rule)
