"""What goes wrong on a forge, to order, and what it heard."""

from __future__ import annotations

import pytest
from forges_stage import Online

from observatoire.demo.faces import Fault
from observatoire.demo.forge.faults import Trouble
from observatoire.propose.forges import Wish

both = pytest.mark.parametrize("kind", ["gitlab", "github"])
REQUESTS = {"gitlab": "/merge_requests", "github": "/pulls"}
WISH = Wish("Un titre", "Un corps")


def order(stage: Online, fault: Fault, method: str = "", *, early: bool = False) -> None:
    """One thing that goes wrong from now on."""
    stage.fictive.troubles.append(Trouble(fault, method, early))


def heard(stage: Online, method: str) -> list[str]:
    """The paths asked by a method."""
    return [call.path for call, _ in stage.fictive.heard if call.method == method]
