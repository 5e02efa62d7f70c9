"""How many datasets an actor publishes: two bounds, because portals copy each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from observatoire.indicators.records import Publication

RULE = (
    "data.gouv.fr et les portails de région moissonnent les portails locaux : un même jeu y est"
    " compté plusieurs fois. Borne basse : le plus grand nombre de jeux d'un seul compte de"
    " l'acteur. Borne haute : la somme de tous ses comptes. Le vrai nombre est entre les deux."
)

BOUNDS = (1, 6, 11, 26, 51, 101, 251, 501)
"""Lower bounds of the brackets of volume."""


class Volume(NamedTuple):
    """The two bounds of a number of datasets."""

    low: int
    high: int


def volumes(publications: Iterable[Publication]) -> Mapping[str, Volume]:
    """The bounds of each actor that has at least one known number of datasets."""
    counts: dict[str, list[int]] = defaultdict(list)
    for publication in publications:
        if publication.nb_jeux is not None:
            counts[publication.siren].append(publication.nb_jeux)
    return {siren: Volume(max(found), sum(found)) for siren, found in counts.items()}
