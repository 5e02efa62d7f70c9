"""The explanation of a body or of one line: its lines, its cells, and who wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from observatoire.explain import history
from observatoire.explain.evidence import Evidence
from observatoire.explain.history import History, Sheet
from observatoire.explain.model import Cell, Correction, Explanation, Line
from observatoire.explain.origins import Origins
from observatoire.git import Repo
from observatoire.model import Key, Row
from observatoire.propose.words import BODIES
from observatoire.reconcile.vetoes import key_text
from observatoire.register import path_of

OF_BODY = ("organisations", "publications")
"""The tables whose lines begin with a body's SIREN."""


@dataclass(frozen=True)
class Explainer:
    """What explains: the evidence, and the repository that remembers.

    ``champ`` limits everything to one column; "" for all.
    """

    evidence: Evidence
    repo: Repo
    champ: str = ""

    def body(self, siren: str) -> Explanation:
        """All that is known of a body: its line, and its accounts."""
        tables = [t for t in OF_BODY if self.champ in ("", *self._columns(t))]
        lines = [line for table in tables for line in self._lines(table, siren)]
        corrections = (c for t in OF_BODY for c in self._corrections(t, {siren}))
        return Explanation(
            cle=siren,
            titre=self._name(siren),
            remarques=tuple(self._redirected(siren)),
            lignes=tuple(lines),
            corrections=tuple(corrections),
        )

    def line(self, table: str, key: Key) -> Explanation:
        """All that is known of one line."""
        lines = [line for line in self._lines(table, key[0]) if line.cle == key]
        names = {key[0]}
        if table == "plateformes":
            names = {row["nom"] for _, row in self.evidence.reprise.holding(table, key)}
            names.add(self.evidence.platform(key[0]))
        return Explanation(
            cle=key_text(key),
            titre=lines[0].titre,
            remarques=(),
            lignes=tuple(lines),
            corrections=tuple(self._corrections(table, names)),
        )

    def _columns(self, table: str) -> tuple[str, ...]:
        return self.evidence.register.schema(table).columns

    def _lines(self, table: str, first: str) -> Iterator[Line]:
        schema = self.evidence.register.schema(table)
        sheet = Sheet(path_of(table), schema.primary_key, first)
        past = history.read(self.repo, sheet)
        here = sheet.rows(self.evidence.register.files.read(sheet.path))
        for key, row in sorted(here.items()):
            yield self._line(table, key, row, past, here)

    def _line(self, table: str, key: Key, row: Row, past: History, here: history.Rows) -> Line:
        origins = Origins(self.evidence)
        touches = past.touches(key, here)
        schema = self.evidence.register.schema(table)
        cells = tuple(
            Cell(
                champ=f.name,
                titre=f.title,
                valeur=row[f.name],
                pourquoi=tuple(origins.of_cell(table, key, row, f.name)),
                historique=tuple(t for t in touches if t.champ == f.name),
            )
            for f in schema.fields
            if f.name in row
            and (f.name == self.champ or not (self.champ or f.name in schema.primary_key))
        )
        return Line(
            table=table,
            cle=key,
            titre=self._title(table, key, row),
            pourquoi=tuple(origins.of_line(table, key, row)),
            historique=tuple(t for t in touches if not t.champ),
            cellules=cells,
        )

    def _title(self, table: str, key: Key, row: Row) -> str:
        if table == "publications":
            account = f", compte {key[2]}" if key[2] else ", compte sans identifiant"
            return f"Publication sur {self.evidence.platform(key[1])}{account}"
        if table == "organisations":
            kind = BODIES.get(row["type"], (row["type"],))[0]
            place = f", département {row['departement']}" if row["departement"] else ""
            return f"{row['nom']}, {kind}{place}"
        return row.get("nom") or key_text(key)

    def _name(self, siren: str) -> str:
        row = self.evidence.book.line("organisations", siren)
        if row is not None:
            return row["nom"]
        body = self.evidence.reference.bodies.get(siren)
        return body.nom if body else siren

    def _redirected(self, siren: str) -> Iterator[str]:
        for (table, key), row in self.evidence.book.lines("redirections").items():
            heir, why = row["successeur"], f" ({row['motif']})" if row["motif"] else ""
            if table == "organisations" and heir == siren:
                yield f"remplace {key}{why}"
            elif (table, key) == ("organisations", siren):
                yield f"remplacé par {self._name(heir)}, {heir}{why}"

    def _corrections(self, table: str, names: set[str]) -> list[Correction]:
        found = self.evidence.reprise.corrections(table, names)
        return [c for c in found if self.champ in {"", c.colonne}]
