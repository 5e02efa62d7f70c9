"""Whether the law obliges an organisation to publish, and why, in words."""

from __future__ import annotations

from collections.abc import Mapping

from observatoire import french
from observatoire.indicators.model import ASSOCIES, COLLECTIVITES
from observatoire.indicators.obligation import THRESHOLD
from observatoire.indicators.records import Organisation
from observatoire.reference.lookup import Body

LEAST = french.number(THRESHOLD)


def law(one: Organisation, body: Body | None, types: Mapping[str, str]) -> str:
    """Why an organisation is counted among the obliged ones, or why it is not."""
    if body is None:
        return _unknown(one.type)
    if body.type != "COM":
        return f"{types[body.type]} : comptée comme obligée, quelle que soit sa population."
    if body.population is None:
        return "Population inconnue : cette commune n'est pas comptée parmi les obligées."
    if body.population < THRESHOLD:
        return f"Moins de {LEAST} habitants : la loi n'oblige pas cette commune."
    return (
        f"Commune d'au moins {LEAST} habitants : comptée comme obligée. L'autre seuil de la loi,"
        " 50 agents, n'est pas vérifiable : les effectifs ne sont pas publiés."
    )


def _unknown(kind: str) -> str:
    """An organisation that the reference does not know."""
    if kind in ASSOCIES:
        return "Acteur associé : il n'entre pas dans le compte des collectivités obligées."
    if kind in COLLECTIVITES:
        return "Ce SIREN n'est pas au référentiel : cette collectivité n'est pas comptée."
    return "Hors du compte des collectivités obligées."
