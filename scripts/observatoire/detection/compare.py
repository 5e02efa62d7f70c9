"""What a verdict says against the line of the register: the platform moved, changed, is silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from observatoire.detection.known import place
from observatoire.detection.model import Verdict
from observatoire.detection.probes import PROBES
from observatoire.model import Row

FAMILIES = (
    frozenset(("geonetwork", "geosource", "prodige", "csw", "geoportal-server", "easysdi")),
    frozenset(("dcat", "data-json", "specifique", "")),
)
"""Names of what a probe cannot tell apart."""

DETECTABLE = frozenset(p.techno for p in PROBES) | {"isogeo", "geosource", "prodige"}


def remarks(platform: Row, verdict: Verdict, words: Mapping[str, str]) -> Iterator[str]:
    """French sentences, none when the line is right; ``words`` names the technologies."""
    if verdict.cause:
        yield f"ne répond pas : {verdict.cause}"
        return
    if platform["url"] and verdict.final and place(verdict.final) != place(platform["url"]):
        yield f"redirige vers {verdict.final}"
    seen, said = verdict.techno, platform["techno"]
    if seen and not _alike(seen, said):
        before = words.get(said, said) or "rien"
        yield f"technologie : {words.get(seen, seen)} au lieu de {before}"
    elif not seen and said in DETECTABLE:
        yield f"technologie non reconnue (au registre : {words.get(said, said)})"


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= family for family in FAMILIES)
