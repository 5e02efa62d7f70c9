"""What the identity chain can say of a publisher: who it is, a question, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from observatoire.model import Key, Row
from observatoire.plan import Possible

METHODS = {
    "identifiant": ("son identifiant est déjà dans le registre", "1"),
    "adresse": ("l'adresse notée dans le registre mène à ce compte", "1"),
    "siren": ("le SIREN déclaré et le nom concordent", "1"),
    "siren_trouve": ("le SIREN que la plateforme lui a trouvé et le nom concordent", "1"),
    "plateforme": ("il est déjà sur cette plateforme dans le registre, et le nom concorde", "1"),
    "decision": ("une personne l'a décidé", "1"),
}
"""Certain evidence: column `methode`, the reason in French, column `score`."""

MAX_DIGITS = 16
"""A longer number counts nothing."""

METHOD_OF = {why: method for method, (why, _) in METHODS.items()}


class Publisher(NamedTuple):
    """One account of a platform, as the harvest says; ``found`` is the platform's own SIREN."""

    plateforme: str
    identifiant: str
    nom: str
    siren: str
    nb_jeux: int
    url: str
    badges: frozenset[str]
    found: str = ""

    @property
    def key(self) -> Key:
        """Its key in the harvest."""
        return self.plateforme, self.identifiant

    @property
    def label(self) -> str:
        """What a person reads."""
        return self.nom or self.identifiant


def publisher(line: Row) -> Publisher:
    """The publisher of a line of harvest."""
    return Publisher(
        line["plateforme"],
        line["identifiant"],
        line["nom"],
        line["siren_declare"],
        number(line["nb_jeux"]),
        line["url"],
        frozenset(line["categorie"].split("|")) - {""},
        line["siren_trouve"],
    )


def number(cell: str) -> int:
    """A count as people or sources wrote it; 0 when it is none (``validate`` reports it)."""
    return int(cell) if cell.isdecimal() and len(cell) < MAX_DIGITS else 0


@dataclass(frozen=True, slots=True)
class Match:
    """The account is that of ``siren``; ``method`` is a key of METHODS."""

    siren: str
    method: str


@dataclass(frozen=True, slots=True)
class Question:
    """Perhaps ``siren``, whose name is ``candidat``, or one of the ``possibles``, or nobody known.

    ``siren`` and ``candidat`` are "" when there are several candidates, or none.
    """

    siren: str
    candidat: str
    score: float
    why: str
    possibles: tuple[Possible, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Nothing to ask and nothing to change, for this reason."""

    why: str


Verdict = Match | Question | Aside
