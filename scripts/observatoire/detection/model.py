"""What a detection says."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands at ``url``: ``techno`` is "" when no known software answers.

    ``base`` is the address of its API, ``proof`` a French sentence, ``final`` where redirections
    led, ``title`` the one of the home page. ``cause`` is why the site could not be asked.
    """

    url: str
    techno: str = ""
    base: str = ""
    proof: str = ""
    final: str = ""
    title: str = ""
    cause: str = ""

    def found(self, techno: str, base: str, proof: str) -> Verdict:
        """The verdict once a probe has proved a technology."""
        return replace(self, techno=techno, base=base, proof=proof)

    def without(self, cause: str) -> Verdict:
        """The verdict of a site that stopped answering."""
        return replace(self, cause=cause)
