"""What the rebuilding of the old editions has to say of a line: its corrections, its old values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from observatoire.explain.book import Book
from observatoire.explain.model import Correction
from observatoire.model import Key, Row

OLD_COLUMNS = {
    "organisations": {
        "Département": "departement",
        "depcode": "departement",
        "adress (vue d'avril 2022)": "adresse",
        "lat": "latitude",
        "long": "longitude",
        "pop-insee": "population_desservie",
        "Thématiques": "thematiques",
        "A vériifier": "statut",
    },
    "publications": {
        "id-datagouv": "identifiant",
        "id-ods": "identifiant",
        "url-datagouv": "url",
        "url-ptf": "url",
        "nb-ptf": "nb_jeux",
        "nb-ptf + nb-datagouv": "nb_jeux",
        "ptf": "plateforme",
    },
    "plateformes": {
        "Nom": "nom",
        "ptf": "nom",
        "url-ptf": "url",
        "Techno": "techno",
        "Regcode": "region",
        "thèmatique": "thematique",
        "nb-struct-hebergees": "nb_structures_declare",
    },
}
"""The columns of the old files that became a column of the register under another name."""


RENAMED = frozenset(("siren", "Nom"))
"""The old columns that were keys: a correction of one leads from a key to another."""

SAID = ("champ", "avant", "apres", "action", "regle", "suggestion")


@dataclass(frozen=True)
class Reprise:
    """The frozen editions of a register."""

    book: Book

    @cached_property
    def years(self) -> list[str]:
        """The editions, oldest first."""
        return sorted({name.split("/")[0] for name in self.book.under("editions")})

    def holding(self, table: str, key: Key) -> list[tuple[str, Row]]:
        """The editions that have a line, with the line."""
        tables = ((year, self.book.lines(f"editions/{year}/{table}")) for year in self.years)
        found = ((year, lines.get(key)) for year, lines in tables)
        return [(year, row) for year, row in found if row is not None]

    def corrections(self, table: str, names: set[str]) -> list[Correction]:
        """What was done to the old lines that went by these keys, each thing once."""
        renamed = (r for _, r in self._all if r["champ"] in RENAMED)
        known = names | {r["cle"] for r in renamed if r["apres"] in names}
        out: dict[tuple[str, ...], Correction] = {}
        for year, row in self._all:
            if row["table"] == table and row["cle"] in known:
                champ = OLD_COLUMNS[table].get(row["champ"], row["champ"])
                # Two editions write the same number differently: « 20 », « 20.0 ».
                same = (champ, row["apres"], row["regle"])
                said = {name: row[name] for name in SAID}
                before = out.get(same) or Correction(
                    table=table, editions=(), colonne=champ, **said
                )
                out[same] = replace(before, editions=(*before.editions, year))
        return list(out.values())

    @cached_property
    def _all(self) -> list[tuple[str, Row]]:
        """Every correction, with its edition."""
        journals = ((y, self.book.lines(f"editions/{y}/corrections")) for y in self.years)
        return [(year, row) for year, lines in journals for row in lines.values()]
