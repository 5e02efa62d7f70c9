"""What an explanation is made of, as values: fit for a text in French and for JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from observatoire.model import Key

Act = Literal["ajout", "changement", "retrait"]


@dataclass(frozen=True, slots=True)
class Touch:
    """A commit that wrote a cell, or a whole line (``champ`` is then "").

    ``commit`` is "" for a change of the working folder that no commit has yet. ``demande`` names
    the merge request that brought the commit, ``fusion`` who merged it and when; "" if unknown.
    ``rang`` counts the states of main back from the last one.
    """

    rang: int
    acte: Act
    champ: str
    avant: str
    apres: str
    commit: str
    date: str
    auteur: str
    message: str
    demande: str = ""
    fusion: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, the sentences that say where its value comes from, and who wrote it, newest first."""

    champ: str
    titre: str
    valeur: str
    pourquoi: tuple[str, ...]
    historique: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register; ``pourquoi`` says why it is there, ``historique`` when it came."""

    table: str
    cle: Key
    titre: str
    pourquoi: tuple[str, ...]
    historique: tuple[Touch, ...]
    cellules: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the rebuilding of the old editions did to a value.

    ``champ`` is the column of the old file, ``colonne`` that of the register (or the same).
    """

    table: str
    editions: tuple[str, ...]
    colonne: str
    champ: str
    avant: str
    apres: str
    action: str
    regle: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known about a body or a platform; ``remarques`` stand before its lines."""

    cle: str
    titre: str
    remarques: tuple[str, ...]
    lignes: tuple[Line, ...]
    corrections: tuple[Correction, ...]
