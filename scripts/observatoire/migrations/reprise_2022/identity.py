"""Does a SIREN name the body that the line names? Judged against the official reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from observatoire.migrations.reprise_2022 import rules
from observatoire.names import normalise
from observatoire.reference.lookup import Body, Reference

LOCAL = {"REG", "DEP", "MET", "CU", "CA", "CC", "EPT", "COM"}
"""The types that the reference knows; associated bodies are not in it."""

EPCI = {"MET", "CU", "CA", "CC", "EPT"}
SAME_NAME = 70
"""Out of 100. Measured on the edition: « Clermont-Ferrand Métropole » and « Clermont Auvergne
Métropole », the furthest names of one body, score 73; « CA Var Estérel Méditerranée » and
« CA Estérel Côte d'Azur » score 58."""
ALL = 100
FEW = 3
MISSPELT = 85
"""Out of 100. « Guinguamp » and « Guingamp » score 94, « Île et Vilaine » 95."""


@dataclass(frozen=True)
class Claim:
    """What a line says of its body."""

    siren: str
    nom: str
    type: str
    departement: str


@dataclass(frozen=True)
class Verdict:
    """The body of the reference, or the rule that doubts it with the body to look at instead."""

    body: Body | None = None
    rule: str = ""
    suggestion: str = ""


def judge(claim: Claim, then: Reference, now: Reference) -> Verdict:
    """What the reference of the year (``then``) and today's (``now``) say of a claim."""
    if claim.type not in LOCAL or _beyond(claim, now):
        return Verdict()
    body = then.bodies.get(claim.siren) or now.bodies.get(claim.siren)
    if body is None:
        return Verdict(None, rules.SIREN_UNKNOWN, suggestion(claim, now))
    return Verdict(body, *_doubt(claim, body, now))


def _doubt(claim: Claim, body: Body, now: Reference) -> tuple[str, str]:
    """The rule that doubts that ``body`` is the one of the claim, and a suggestion; or nothing."""
    if not same_name(claim.nom, body.nom):
        return rules.SIREN_OTHER_NAME, shown(body)
    if _elsewhere(claim, body, now):
        return rules.SIREN_OTHER_PLACE, suggestion(claim, now) or shown(body)
    if body.type != claim.type and {body.type, claim.type} != {"COM", "DEP"}:
        return rules.SIREN_OTHER_TYPE, f"type {body.type}"
    if claim.siren not in now.bodies:
        return rules.SIREN_CEASED, suggestion(claim, now)
    return "", ""


def _beyond(claim: Claim, now: Reference) -> bool:
    """The provinces of New Caledonia are bodies that the reference does not list."""
    place = now.departements.get(claim.departement)
    return (
        claim.type != "COM"
        and (place is None or place.zone == "com")
        and (claim.departement.startswith("98"))
    )


def _elsewhere(claim: Claim, body: Body, now: Reference) -> bool:
    """The SIREN is of another département, and the line may mean a namesake of its body."""
    if not body.departement or body.departement == claim.departement:
        return False
    exact = normalise(claim.nom) == normalise(body.nom)
    return not exact or bool(namesakes(claim, now, anywhere=True))


def same_name(ours: str, official: str) -> bool:
    """Whether two names may be of one body."""
    a, b = normalise(ours), normalise(official)
    return a == b or max(fuzz.token_set_ratio(a, b), fuzz.ratio(a, b)) >= SAME_NAME


def misspelt(ours: str, official: str) -> bool:
    """Whether a name is the official one but for a letter or two."""
    a, b = normalise(ours), normalise(official)
    return (
        a.replace(" ", "") != b.replace(" ", "")
        and fuzz.ratio(a, b) >= MISSPELT
        and fuzz.token_set_ratio(a, b) < ALL
    )


def namesakes(claim: Claim, now: Reference, *, anywhere: bool = False) -> list[Body]:
    """The other bodies of that name and kind, in the line's département unless ``anywhere``."""
    kinds = EPCI if claim.type in EPCI else {claim.type}
    place = "" if anywhere else claim.departement.partition(",")[0].strip()
    return [b for b in now.named(claim.nom, place) if b.type in kinds and b.siren != claim.siren]


def suggestion(claim: Claim, now: Reference) -> str:
    """The few bodies of that name that the line may mean; for a merged commune, its heir; or ""."""
    found = namesakes(claim, now) or namesakes(claim, now, anywhere=True) or _heirs(claim, now)
    return " ; ".join(map(shown, found)) if len(found) <= FEW else ""


def _heirs(claim: Claim, now: Reference) -> list[Body]:
    if claim.type != "COM":
        return []
    by_code: Mapping[str, Body] = {b.code: b for b in now.bodies.values() if b.type == "COM"}
    codes = {
        a.commune
        for a in now.anciennes
        if a.departement == claim.departement and normalise(a.nom) == normalise(claim.nom)
    }
    return [by_code[c] for c in sorted(codes) if c in by_code and by_code[c].siren != claim.siren]


def shown(body: Body) -> str:
    """A body as a suggestion shows it: SIREN, name, type, département."""
    place = f", {body.departement}" if body.departement else ""
    return f"{body.siren} {body.nom} ({body.type}{place})"
