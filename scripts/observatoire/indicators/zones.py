"""Where a body or a commune is: zone, région, département, and how these read in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observatoire.indicators import brackets

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body, Reference

ZONES = (("metropole", "France métropolitaine"), ("outre-mer", "outre-mer"))
WORDS = {"metropole": "France métropolitaine", "outre-mer": "Outre-mer"}


def zone_of(body: Body, reference: Reference) -> str:
    """ "metropole" or "outre-mer"."""
    place = reference.departements.get(body.departement) or reference.regions.get(body.region)
    return "metropole" if place is None or place.zone == "metro" else "outre-mer"


def where(dimension: str, code: str, reference: Reference) -> str:
    """A territory or a bracket as a sentence names it: "région Bretagne"; its code if unknown."""
    if dimension.startswith("population"):
        return f"communes {brackets.label(code)}"
    if dimension == "zone":
        return dict(ZONES)[code]
    place = (reference.regions if dimension == "region" else reference.departements).get(code)
    noun = "région" if dimension == "region" else "département"
    return f"{noun} {place.nom if place else code}"
