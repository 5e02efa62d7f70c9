"""A cell that a person froze (table verrous) and that a change edits without touching the lock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from observatoire import cells
from observatoire.model import Finding, Severity
from observatoire.validate.change import changes
from observatoire.validate.context import Context
from observatoire.validate.model import Example, Remark
from observatoire.validate.sheet import Sheet
from observatoire.words import quote

CODE = "cellule-verrouillee"
TITLE = "Cellule verrouillée"
TITLE_EN = "Locked cell"
SEVERITY: Severity = "erreur"
EXAMPLES = (
    Example(
        "organisations",
        "cette cellule est verrouillée par Camille (nom d'usage demandé par la commune) : remettez"
        " « L'Abergement-Clémenciat », ou levez d'abord le verrou dans data/verrous.csv.",
        key=("210100012",),
        bad={"nom": "Abergement"},
        good={"adresse": "01400 L'Abergement-Clémenciat"},
        fix="L'Abergement-Clémenciat",
        before={"nom": "L'Abergement-Clémenciat"},
    ),
)


class Lock(NamedTuple):
    """A line of the locks."""

    table: str
    cle: str
    champ: str
    motif: str
    auteur: str
    echeance: str
    statut: str


def check(context: Context) -> Iterator[Finding]:
    """Edits of a cell under a lock that was there before the change and still is."""
    if context.past is None:
        return
    kept = _locks(context.past.sheet("verrous")) & _locks(context.sheet("verrous"))
    locks = {(k.table, k.cle, k.champ): k for k in kept if _active(k, context.today)}
    for change in changes(context, sorted({table for table, _, _ in locks})):
        for key, field, before, _ in change.edits():
            row = change.after.name, " ".join(key)
            lock = locks.get((*row, field)) or locks.get((*row, "*"))
            if lock:
                at = change.after.by_key[key]
                yield change.after.finding(CODE, at, field, _remark(lock, before))


def _locks(sheet: Sheet | None) -> set[Lock]:
    if sheet is None:
        return set()
    return set(map(Lock, *(sheet.column(n) for n in Lock._fields)))


def _active(lock: Lock, today: date) -> bool:
    term = cells.reader("date")(lock.echeance) if lock.echeance else None
    return lock.statut == "actif" and not (isinstance(term, date) and term < today)


def _remark(lock: Lock, before: str) -> Remark:
    who = f" par {lock.auteur}" if lock.auteur else ""
    by = f" by {lock.auteur}" if lock.auteur else ""
    return Remark(
        f"cette cellule est verrouillée{who} ({lock.motif}) : remettez {quote(before)}, ou levez"
        " d'abord le verrou dans data/verrous.csv.",
        f"this cell is locked{by} ({lock.motif}): put {quote(before)} back, or lift the lock in"
        " data/verrous.csv first.",
        before,
    )
