"""Who is this publisher, and what really changed: cell by cell, never over a person's head.

``plan`` compares a harvest with the last committed one and with the register; ``apply`` gives the
files of the branch. Both are pure: same values in, same bytes out.
"""

from __future__ import annotations

from observatoire.reconcile.apply import apply
from observatoire.reconcile.plan import plan

__all__ = ["apply", "plan"]
