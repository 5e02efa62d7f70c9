"""The plan of some accounts, and what it says of each: who it is, a question, or why not."""

from __future__ import annotations

from reconcile_literals import REFERENCE, SOURCE, TODAY, Rows, harvest, register

from observatoire.model import Row
from observatoire.plan import Plan
from observatoire.reconcile import plan


def planned(*accounts: Row, base: Rows = (), **tables: Rows) -> Plan:
    """The plan of a harvest of these accounts, after ``base``, beside these tables."""
    return plan(SOURCE, harvest(*base), harvest(*accounts), register(**tables), REFERENCE, TODAY)


def matched(found: Plan) -> dict[str, str]:
    """The SIREN of the accounts that are certain."""
    return {m[1]: m[2] for m in found.matches}


def asked(found: Plan) -> dict[str, str]:
    """The candidates of the accounts that are a question."""
    return {d.identifiant: "|".join(d.sirens) for d in found.doubts}


def reasons(found: Plan) -> dict[str, str]:
    """Why the others are left out."""
    return dict(found.left)
