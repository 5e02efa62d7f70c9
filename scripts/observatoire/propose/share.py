"""The part of a plan that goes into one request, and what makes a plan mere noise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from observatoire.model import Key
from observatoire.plan import Addition, Edit, Plan

TRUSTED = frozenset(("nb_jeux", "nb_reutilisations", "derniere_mise_a_jour"))
"""Columns of publications that a source counts and nobody types: a wrong one is set right by the
next harvest. Identities, links and statuses are judgements, and so are new lines."""

MOVE = ("publications", "siren")
"""The cell by which a line goes from a body to its successor."""


def volatile(plan: Plan) -> bool:
    """Whether a plan only brings numbers and dates up to date."""
    others = plan.additions or plan.conflicts or plan.doubts or plan.absents or plan.revenus
    numbers = all(e.table == "publications" and e.field in TRUSTED for e in plan.edits)
    return numbers and not (others or plan.anomalies)


def limit(plan: Plan, lines: int) -> Plan:
    """The plan with the changes of its first bodies, by SIREN, in at most ``lines`` lines.

    A body enters with its accounts, and with the lines of those that it replaces, or waits with
    them; there is always one. The questions stay.
    """
    groups: dict[str, list[Addition | Edit]] = {}
    changes: list[Addition | Edit] = [*plan.additions, *plan.edits]
    heirs = {e.before: e.after for e in plan.edits if (e.table, e.field) == MOVE}

    def group(key: Key) -> str:
        return heirs.get(key[0], key[0])

    for change in changes:
        groups.setdefault(group(change.key), []).append(change)
    kept, total = set[str](), 0
    for name, found in sorted(groups.items()):
        total += len({(c.table, c.key) for c in found})
        if kept and total > lines:
            break
        kept.add(name)
    late = [c for c in changes if group(c.key) not in kept]
    bodies = {c.key[0] for c in late}
    return replace(
        plan,
        additions=tuple(a for a in plan.additions if group(a.key) in kept),
        edits=tuple(e for e in plan.edits if group(e.key) in kept),
        absents=tuple(k for k in plan.absents if k[0] not in bodies),
        waiting=tuple(sorted({key for change in late for key in _accounts(change)})),
    )


def ask(plan: Plan, most: int, answered: int) -> Plan:
    """The plan with its first questions of identity, ``most`` candidates; the others come later.

    There is always one question. The body also keeps the ``answered`` ones until it is merged:
    twice ``most`` in all. As many accounts that resemble nobody go along: they want no answer.
    """
    room = max(0, min(most, 2 * most - answered))
    asked = [d for d in plan.doubts if d.sirens]
    fits = max(
        sum(total <= room for total in accumulate(len(d.sirens) for d in asked)), min(room, 1)
    )
    kept = {*asked[:fits], *[d for d in plan.doubts if not d.sirens][:most]}
    return replace(
        plan,
        doubts=tuple(d for d in plan.doubts if d in kept),
        later=tuple(d for d in plan.doubts if d not in kept),
    )


def _accounts(change: Addition | Edit) -> Iterator[Key]:
    """The line of publications that a change is about, also under the id that the source gives."""
    if change.table == "publications":
        yield change.key
        if isinstance(change, Edit) and change.field == "identifiant":
            yield (*change.key[:2], change.after)
        elif isinstance(change, Edit) and change.account:
            yield (*change.key[:2], change.account)
