"""Whether platforms still answer, and links still lead somewhere: a state and a date.

``watch`` looks, ``judge`` decides, ``plan`` proposes: a platform is inactive after several failures
on different days over long enough, and never leaves the register for it. Nothing is written daily
for a platform that stays as it is.
"""

from __future__ import annotations

from observatoire.liveness.judge import Rules, judge
from observatoire.liveness.links import dead_links
from observatoire.liveness.looks import Looks
from observatoire.liveness.model import ALIVE, REFUSES, SILENT, Sight
from observatoire.liveness.plan import plan
from observatoire.liveness.watch import watch

__all__ = [
    "ALIVE",
    "REFUSES",
    "SILENT",
    "Looks",
    "Rules",
    "Sight",
    "dead_links",
    "judge",
    "plan",
    "watch",
]
