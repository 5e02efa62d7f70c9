"""What one look at an address tells."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ALIVE, SILENT, REFUSES = "vivante", "muette", "refus"


@dataclass(frozen=True, slots=True)
class Sight:
    """``kind`` is one of the above, ``cause`` the French reason of the last two.

    ``site`` is where redirections led, when that is another site ("" otherwise).
    """

    kind: str
    cause: str = ""
    site: str = ""
