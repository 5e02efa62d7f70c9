"""A plan while it is written: the cells that a source moves, once people's vetoes are heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from observatoire.french import day
from observatoire.model import Key, Row
from observatoire.plan import Addition, Conflict, Edit
from observatoire.reconcile.merge import FIELDS, merge
from observatoire.reconcile.rows import TABLE, key_of
from observatoire.reconcile.vetoes import Vetoes


@dataclass
class Draft:
    """What a plan will say, in no order yet; ``vetoes`` are those in force."""

    vetoes: Vetoes
    additions: dict[tuple[str, Key], Addition] = field(default_factory=dict)
    edits: list[Edit] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)

    def add(self, addition: Addition) -> None:
        """A new line; the same line twice is one."""
        self.additions.setdefault((addition.table, addition.key), addition)

    def inherit(self, label: str, ours: Row, siren: str) -> bool:
        """Whether the line ``ours`` goes to the body that replaces its own."""
        why = f"{ours['siren']} est remplacé par {siren} dans data/redirections.csv"
        edit = Edit(TABLE, key_of(ours), "siren", ours["siren"], siren, why)
        heard = self._heard(label, edit)
        self.edits += [heard] if heard else []
        return heard is not None

    def compare(
        self, label: str, ours: Row, base: Row | None, theirs: Row, *, named: bool = False
    ) -> None:
        """What the source changes in the line ``ours``.

        ``named``: the line had the account's id already, and a person put another one.
        """
        renamed = _renamed(ours, theirs)
        if renamed and named:
            self.left.append((f"{label}, identifiant", "remis comme avant par une personne"))
        moved = [e for c in renamed if not named and (e := self._heard(label, c))]
        account = theirs["identifiant"] if renamed and not moved else ""
        changes = _changes(ours, base, theirs, account)
        self.edits += [*moved, *(e for c in changes if (e := self._heard(label, c)))]

    def _heard(self, label: str, change: Edit | Conflict) -> Edit | None:
        """The edit, when nobody is against it; a question goes to the questions."""
        where = (change.table, change.key, change.field)
        value = change.after if isinstance(change, Edit) else change.theirs
        lock = self.vetoes.locked(*where)
        if lock or self.vetoes.refused(*where, value):
            reason = f"cellule verrouillée : {lock}" if lock else "valeur refusée par une personne"
            self.left.append((f"{label}, {change.field}", reason))
        elif isinstance(change, Conflict):
            self.conflicts.append(change)
        else:
            return change
        return None


def _gone(theirs: Row) -> str:
    """Why an account is gone; "" for one that the source gives."""
    since = theirs["absent_depuis"]
    return f"absent de la source depuis le {day(since)}" if since else ""


def _renamed(ours: Row, theirs: Row) -> list[Edit]:
    mine, said = ours["identifiant"], theirs["identifiant"]
    return [] if mine == said else [Edit(TABLE, key_of(ours), "identifiant", mine, said)]


def _changes(ours: Row, base: Row | None, theirs: Row, account: str) -> Iterator[Edit | Conflict]:
    key = key_of(ours)
    line = (theirs["identifiant"], ours["origine"])
    for mine, said in FIELDS.items():
        before = base[said] if base is not None else None
        outcome = merge(mine, before, ours[mine], theirs[said], line)
        if outcome == "edit":
            why = _gone(theirs) if mine == "statut" else ""
            yield Edit(TABLE, key, mine, ours[mine], theirs[said], why, account)
        elif outcome == "conflict":
            yield Conflict(TABLE, key, mine, before or "", ours[mine], theirs[said], account)
