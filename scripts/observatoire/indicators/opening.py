"""Who is open: at least one dataset, published as its named publisher, on any platform.

Rule of the Observatory (domain.md, section 3). A publication whose count is unknown proves an
opening as long as it is published; a count of zero does not, nor does an account that is empty or
gone. A body that ceased or was merged is no longer an actor.
"""

from __future__ import annotations

from observatoire.model import Row

RULE = (
    "Une organisation est ouverte quand au moins une de ses publications a le statut « publie » et"
    " un nombre de jeux d'au moins 1, ou inconnu ; un organisme qui n'existe plus ne compte pas."
)

GONE = frozenset({"cesse", "fusionne"})


def proves(publication: Row) -> bool:
    """Whether one publication shows at least one dataset."""
    return publication["statut"] == "publie" and publication["nb_jeux"] != "0"


def shows(statut: str, nb_jeux: int | None) -> bool:
    """The same of a publication whose number of datasets has been read."""
    return statut == "publie" and nb_jeux != 0
