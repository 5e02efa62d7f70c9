"""What people said no to: cells they locked, values they refused.

A lock holds whatever the source says, until its last day. A refusal holds for one exact value: when
the source says something else, the question is worth asking again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from observatoire.model import Key
from observatoire.register import Register

ROW = "*"
"""Stands for the whole line, in the column `champ`; as a refused value, for the line's addition."""


@dataclass(frozen=True)
class Vetoes:
    """Locks with their reason, and refused values, by (table, key as text, field)."""

    locks: Mapping[tuple[str, str, str], str]
    refusals: frozenset[tuple[str, str, str, str]]

    @cached_property
    def _refused_cells(self) -> frozenset[tuple[str, ...]]:
        return frozenset(r[:3] for r in self.refusals)

    def locked(self, table: str, key: Key, field: str) -> str:
        """Why the cell is locked; "" when it is not."""
        text = key_text(key)
        return self.locks.get((table, text, field)) or self.locks.get((table, text, ROW), "")

    def refused(self, table: str, key: Key, field: str, value: str) -> bool:
        """Whether a person refused this very value in this cell."""
        return (table, key_text(key), field, value) in self.refusals

    def held(self, table: str, key: Key, field: str) -> bool:
        """Whether a person said anything against a change of the cell."""
        cell = (table, " ".join(key), field)
        return bool(self.locked(table, key, field)) or cell in self._refused_cells

    def no_addition(self, table: str, key: Key) -> str:
        """Why the line must not be added; "" when it may."""
        if self.refused(table, key, ROW, ROW):
            return "ajout refusé par une personne"
        lock = self.locked(table, key, ROW)
        return f"ligne verrouillée : {lock}" if lock else ""


def vetoes(register: Register, date: str) -> Vetoes:
    """The vetoes in force on a day."""
    return Vetoes(
        locks={
            (r["table"], r["cle"], r["champ"]): r["motif"] or "sans motif"
            for r in register.table("verrous").records()
            if r["statut"] == "actif" and date <= (r["echeance"] or date)
        },
        refusals=frozenset(
            (r["table"], r["cle"], r["champ"], r["valeur"])
            for r in register.table("refus").records()
        ),
    )


def key_text(key: Key) -> str:
    """The key as column `cle` holds it: a cell loses the blank that an empty last part leaves."""
    return " ".join(key).strip()
