"""One portal under two names: platforms of one source that say exactly the same thing.

Hosted portals have several domains (issy-les-moulineaux.opendatasoft.com is data.issy.com); the
register may hold two of them, and their datasets would count twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from observatoire.harvest.model import Outcome

FEW = 5
"""Datasets. Of so few, two portals may well say the same."""

OWN = frozenset(("plateforme", "url"))
"""The columns that a platform's own name or address makes differ."""

Said = frozenset[tuple[tuple[str, str], ...]]


def told(outcomes: Iterable[Outcome], trusted: Collection[str] = ()) -> list[Outcome]:
    """The outcomes, each that repeats another's turned into a failure that names it.

    The first by id stands for all; a person who has checked names the others in ``trusted``.
    """
    first: dict[Said, str] = {}
    marked: dict[str, str] = {}
    found = list(outcomes)
    for outcome in sorted(found, key=lambda o: o.plateforme):
        if not outcome.error and outcome.volume[1] >= FEW:
            other = first.setdefault(_said(outcome), outcome.plateforme)
            if other != outcome.plateforme and outcome.plateforme not in trusted:
                marked[outcome.plateforme] = other
    return [
        replace(o, error=_error(o.plateforme, marked[o.plateforme]))
        if o.plateforme in marked
        else o
        for o in found
    ]


def _said(outcome: Outcome) -> Said:
    """What the platform says of each publisher, in no order."""
    return frozenset(
        tuple(sorted((n, c) for n, c in row.items() if c and n not in OWN)) for row in outcome.rows
    )


def _error(platform: str, other: str) -> str:
    return (
        f"mêmes comptes que « {other} », au chiffre près : sans doute un seul portail sous deux"
        " noms ; mettez l'une des deux lignes de data/plateformes.csv en « inactive » ; si ce sont"
        f" bien deux portails : --confirmer {platform}"
    )
