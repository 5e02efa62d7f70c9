"""Reading a forge part by part: one that the token does not open hides no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from observatoire.propose.forges.online import failures
from observatoire.setup.model import Part

T = TypeVar("T")


@dataclass
class Parts:
    """What was read, and why the rest could not be, in ``closed``."""

    closed: dict[Part, str] = field(default_factory=dict)

    def read(self, name: Part, call: Callable[[], T], nothing: T) -> T:
        """A part; ``nothing`` when the token does not open it. Raises any other ForgeError."""
        try:
            return call()
        except (failures.Denied, failures.Missing) as error:
            self.closed[name] = str(error)
            return nothing
