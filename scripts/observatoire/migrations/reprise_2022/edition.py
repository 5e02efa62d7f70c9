"""One old file of organisations turned into the tables of an edition, with its journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from observatoire.migrations.reprise_2022 import accounts
from observatoire.migrations.reprise_2022.journal import Journal
from observatoire.migrations.reprise_2022.keys import keyed
from observatoire.migrations.reprise_2022.organisations import Layout, World, organisation
from observatoire.migrations.reprise_2022.publications import TABLE, published
from observatoire.migrations.reprise_2022.regions import placed
from observatoire.migrations.reprise_2022.shelves import Shelf
from observatoire.model import Row


@dataclass(frozen=True)
class Edition:
    """The rows of each table of one year."""

    organisations: Sequence[Row]
    plateformes: Sequence[Row]
    publications: Sequence[Row]
    corrections: Sequence[Row]

    def tables(self) -> Mapping[str, Sequence[Row]]:
        """The rows by table name."""
        return {
            "organisations": self.organisations,
            "plateformes": self.plateformes,
            "publications": self.publications,
            "corrections": self.corrections,
        }


def convert(
    rows: Sequence[Row], layout: Layout, world: World, shelf: Shelf, journal: Journal
) -> Edition:
    """The tables of an edition; ``journal`` may already hold what befell its platforms."""
    lines = keyed(rows, world.now, journal)
    bodies = [organisation(line, layout, world) for line in lines]
    publications = [p for line in lines for p in published(line, shelf)]
    accounts.explain_shared({line.siren: line.pen.into(TABLE) for line in lines}, publications)
    used = {p["plateforme"] for p in publications}
    portals = placed(shelf.portals.table(used), publications, bodies, world.now, journal)
    return Edition(bodies, portals, publications, journal.records())
