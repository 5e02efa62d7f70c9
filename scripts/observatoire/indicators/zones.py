"""Mainland France and overseas, as the reference places each body."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body, Reference

ZONES = (("metropole", "France métropolitaine"), ("outre-mer", "outre-mer"))


def zone_of(body: Body, reference: Reference) -> str:
    """ "metropole" or "outre-mer"."""
    place = reference.departements.get(body.departement) or reference.regions.get(body.region)
    return "metropole" if place is None or place.zone == "metro" else "outre-mer"
