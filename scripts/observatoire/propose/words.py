"""The French words of a proposal: kinds of bodies, amounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from observatoire.french import counted, joined

BODIES = {
    "REG": ("région", "régions"),
    "DEP": ("département", "départements"),
    "MET": ("métropole", "métropoles"),
    "CU": ("communauté urbaine", "communautés urbaines"),
    "CA": ("communauté d'agglomération", "communautés d'agglomération"),
    "CC": ("communauté de communes", "communautés de communes"),
    "EPT": ("établissement public territorial", "établissements publics territoriaux"),
    "COM": ("commune", "communes"),
    "AGCT": ("groupement de collectivités", "groupements de collectivités"),
    "OACT": ("organisme associé", "organismes associés"),
    "DSPT": ("délégataire de service public", "délégataires de service public"),
    "SDE": ("service de l'État", "services de l'État"),
}
MAX_DIGITS = 16
UNKNOWN_BODY = ("organisme d'un autre type", "organismes d'un autre type")


def ranked(values: Iterable[str]) -> list[tuple[str, int]]:
    """How many times each value comes, most frequent first, then in order of value."""
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))


def amounts(kinds: Iterable[str]) -> str:
    """« 8 communes, 3 régions et 1 département » from the codes of body types."""
    return joined([counted(n, *BODIES.get(kind, UNKNOWN_BODY)) for kind, n in ranked(kinds)])


def whole(cell: str) -> int:
    """The whole number in a cell; 0 when it holds none."""
    return int(cell) if cell.isdecimal() and len(cell) < MAX_DIGITS else 0
