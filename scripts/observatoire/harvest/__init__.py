"""The harvest: ask every portal in parallel, keep what is complete and plausible.

``targets`` chooses, ``collect`` talks to the network, ``parts`` spreads it over several machines;
``merge`` decides, without network, what enters ``data/moissons/``: a portal that fails keeps its
last rows, and a sudden fall or rise is refused.
"""

from __future__ import annotations

from observatoire.harvest.collect import collect, gather
from observatoire.harvest.merge import implausible, merge
from observatoire.harvest.model import Harvest, Outcome, Target, Tick, volume
from observatoire.harvest.targets import targets

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
    "volume",
]
