"""What the committed files say of a line: its match, its harvest, its locks and refusals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from observatoire.explain.book import Book
from observatoire.explain.reprise import Reprise
from observatoire.french import day
from observatoire.model import Key, Row
from observatoire.reconcile.vetoes import ROW, key_text
from observatoire.reference.lookup import Reference, load
from observatoire.register import Register

JOURNAL = "journal"


@dataclass(frozen=True, slots=True)
class Harvested:
    """What a source last said of an account; ``date`` is the day of that platform's harvest."""

    source: str
    row: Row
    date: str


@dataclass(frozen=True)
class Evidence:
    """The register of the working folder, and the harvests as main holds them.

    ``date`` is the day on which locks are judged.
    """

    register: Register
    committed: Register
    date: str

    @cached_property
    def book(self) -> Book:
        """The register's lines."""
        return Book(self.register)

    @cached_property
    def reprise(self) -> Reprise:
        """The frozen editions."""
        return Reprise(self.book)

    @cached_property
    def _harvests(self) -> Book:
        return Book(self.committed)

    @cached_property
    def reference(self) -> Reference:
        """The newest reference, read when it is needed: it holds every commune."""
        return load(self.register)

    def platform(self, plateforme: str) -> str:
        """The name of a platform."""
        row = self.book.lines("plateformes").get((plateforme,))
        return row["nom"] if row and row["nom"] else plateforme

    def journal(self, plateforme: str) -> list[Row]:
        """The last good harvests of a platform: one line per source that reads it."""
        lines = self._harvests.lines(f"moissons/{JOURNAL}")
        return [row for key, row in lines.items() if key[1] == plateforme]

    def harvested(self, plateforme: str, identifiant: str) -> Harvested | None:
        """What the source of a platform last said of an account."""
        dates = {row["source"]: row["derniere_reussite"] for row in self.journal(plateforme)}
        for source in dates or self._sources:
            row = self._harvests.line(f"moissons/{source}", plateforme, identifiant)
            if row is not None:
                return Harvested(source, row, dates.get(source, ""))
        return None

    @cached_property
    def _sources(self) -> list[str]:
        return [s for s in self._harvests.under("moissons") if s != JOURNAL]

    def matches(self, plateforme: str, identifiant: str) -> list[Row]:
        """What was decided about who an account is."""
        names = (f"rapprochements/{s}" for s in self.book.under("rapprochements"))
        found = (self.book.line(name, plateforme, identifiant) for name in names)
        return [row for row in found if row is not None]

    def vetoes(self, table: str, key: Key, champ: str) -> Iterator[str]:
        """The sentences about locks and refusals on a cell (``ROW``: on the whole line)."""
        text = key_text(key)
        for row in self.book.lines("verrous").values():
            if (row["table"], row["cle"], row["champ"]) == (table, text, champ):
                yield from self._lock(row)
        for row in self.book.lines("refus").values():
            if (row["table"], row["cle"], row["champ"]) == (table, text, champ):
                yield _refusal(row)

    def _lock(self, row: Row) -> Iterator[str]:
        """The sentence about a lock, if it holds."""
        if row["statut"] == "actif" and self.date <= (row["echeance"] or self.date):
            by = f" par {row['auteur']}" if row["auteur"] else ""
            until = f" jusqu'au {day(row['echeance'])}" if row["echeance"] else ""
            why = row["motif"] or "sans motif"
            yield f"verrouillé{by}{until} ({why}) : aucun robot n'y touche"


def _refusal(row: Row) -> str:
    whole = row["champ"] == ROW
    what = "l'ajout de la ligne a été refusé" if whole else f"« {row['valeur']} » a été refusé"
    where = f" dans la {row['ou']}" if row["ou"].startswith("demande") else ""
    when = f" le {day(row['date'][:10])}" if row["date"] else ""
    why = f" ({row['motif']})" if row["motif"] else ""
    return f"{what}{where}{when}{why}"
