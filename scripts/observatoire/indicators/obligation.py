"""Who must open: denominator A, the collectivités of the reference that the law obliges.

Code des relations entre le public et l'administration, art. L312-1-1 and D312-1-1-1: at least
3,500 inhabitants and at least 50 agents. Agents are not published: as the yearly editions did,
only the population of communes is tested, and every région, département, EPCI and EPT is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from observatoire.indicators.model import COLLECTIVITES

if TYPE_CHECKING:
    from observatoire.reference.lookup import Body, Reference

THRESHOLD = 3500

RULE = (
    "Collectivités obligées : régions, départements, EPCI à fiscalité propre, établissements"
    " publics territoriaux, et communes d'au moins 3 500 habitants du référentiel. Le seuil de"
    " 50 agents n'est pas vérifié : les effectifs ne sont pas publiés."
)


def is_obliged(body: Body) -> bool:
    """Whether a body belongs to denominator A."""
    if body.type == "COM":
        return body.population is not None and body.population >= THRESHOLD
    return body.type in COLLECTIVITES


def obliged(reference: Reference) -> Mapping[str, Body]:
    """The obliged bodies by SIREN: a legal unit that holds two levels (Paris) counts once."""
    return {siren: body for siren, body in reference.bodies.items() if is_obliged(body)}
