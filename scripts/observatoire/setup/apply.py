"""Taking the steps of a set-up one by one; what one refuses stops none that does not depend on it.

Each step is whole or nothing, and is worked out again from what the forge has: a run that was cut
goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from observatoire.propose.forges import ForgeError
from observatoire.propose.forges.online.failures import Denied
from observatoire.setup.model import Step, Workshop

WRITES = ("creer", "changer")


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was tried; ``error`` is French, "" when it is done."""

    step: Step
    error: str = ""


def take(steps: Iterable[Step], shop: Workshop) -> Iterator[Taken]:
    """Do each step; a forge that does not answer, or refuses the token, ends it all."""
    for step in steps:
        if step.verb not in WRITES:
            continue
        try:
            shop.do(step)
        except Denied as error:
            yield Taken(step, f"{error} Il faut le rôle {shop.role_for(step.part)}.")
        except ForgeError as error:
            yield Taken(step, str(error))
            if type(error) is ForgeError:
                return
        else:
            yield Taken(step)
