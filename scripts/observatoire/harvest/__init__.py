"""The harvest: ask every portal in parallel, keep what is complete and plausible.

``choice`` says whom to ask, ``asking`` talks to the network, ``parts`` spreads it over machines;
``judging`` decides, without network, what enters ``data/moissons/``: a portal that fails keeps its
last rows, and a sudden fall or rise is refused.
"""

from __future__ import annotations

from observatoire.harvest.asking import collect, gather
from observatoire.harvest.choice import targets, twins
from observatoire.harvest.judging import implausible, merge
from observatoire.harvest.model import Harvest, Outcome, Target, Tick, volume

__all__ = [
    "Harvest",
    "Outcome",
    "Target",
    "Tick",
    "collect",
    "gather",
    "implausible",
    "merge",
    "targets",
    "twins",
    "volume",
]
