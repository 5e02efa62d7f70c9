"""What looks change in the register: the statut of platforms, the links that are surely dead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from observatoire.french import day
from observatoire.liveness.judge import INACTIVE
from observatoire.liveness.links import DEAD
from observatoire.liveness.looks import LINKS, STATES
from observatoire.model import Row
from observatoire.plan import Addition, Edit, Plan
from observatoire.reconcile.vetoes import Vetoes, vetoes
from observatoire.register import Register

SOURCE = "vivacite"
TABLE, FIELD = "plateformes", "statut"
SURE = frozenset(("active", "inactive"))

FEW, MANY = 10, 0.1
"""Platforms at once, and their share: the register of 2022 lost as many in three years."""


def plan(
    register: Register, rows: Mapping[str, Sequence[Row]], date: str, told: Set[str] = frozenset()
) -> Plan:
    """The plan of a day; ``rows`` are the new tables, ``told`` the dead links told before."""
    platforms = list(register.table(TABLE).records())
    known = {r["url"] for r in register.table(LINKS).records() if r["etat"] == DEAD}
    edits = statuses(platforms, rows[STATES], vetoes(register, date))
    return Plan(
        source=SOURCE,
        # Those that close a portal first: a person must see them.
        edits=tuple(sorted(edits, key=lambda e: (e.after != INACTIVE, e.key))),
        additions=tuple(_dead(rows.get(LINKS, ()), told | known)),
        anomalies=tuple(_collapse(edits, len(platforms))),
        date=date,
    )


def statuses(platforms: Iterable[Row], states: Iterable[Row], held: Vetoes) -> list[Edit]:
    """The cells to change, those that a person froze or refused aside.

    A state that is not sure changes nothing.
    """
    seen = {row["plateforme"]: row for row in states}
    found = (
        Edit(TABLE, (p["id"],), FIELD, p[FIELD], seen[p["id"]]["etat"], _why(seen[p["id"]]))
        for p in platforms
        if p["id"] in seen and seen[p["id"]]["etat"] in SURE
    )
    return [
        e
        for e in found
        if e.before != e.after
        and not held.locked(TABLE, e.key, FIELD)
        and not held.refused(TABLE, e.key, FIELD, e.after)
    ]


def _collapse(edits: Iterable[Edit], platforms: int) -> Iterator[str]:
    gone = sum(e.after == INACTIVE for e in edits)
    if gone >= FEW and gone > MANY * platforms:
        yield (
            f"{gone} plateformes sur {platforms} deviennent inactives d'un coup : peut-être est-ce"
            " le robot qu'elles refusent."
        )


def _why(row: Row) -> str:
    if row["etat"] == INACTIVE:
        return f"muette depuis le {day(row['premier_echec'])} : {row['cause']}"
    moved = row.get("redirection", "")
    return f"répond, mais à {moved}" if moved else "répond"


def _dead(rows: Iterable[Row], told: Set[str]) -> Iterator[Addition]:
    for row in sorted(rows, key=lambda r: r["url"]):
        if row["etat"] == DEAD and row["url"] not in told:
            why = f"mort depuis le {day(row['premier_echec'])} : {row['cause']}"
            yield Addition(LINKS, (row["url"],), row, why)
