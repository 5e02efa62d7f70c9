"""Does the name of an account agree with that of a body? The judge of every declared SIREN.

Certain agreement is strict, for a wrong body that enters without a question costs more than a
question: the same words, or the body's words with neutral ones (« Mairie de Montluel (IRVE) »), or
some of the body's words, or one slip of the keyboard. Anything else is a question.
"""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

from observatoire.names import normalise
from observatoire.reconcile.vocabulary import NEUTRAL, STATE, compatible, territory, tokens

SLIP = 90
"""Similarity, of 100, under which two names of as many words are not one name with a slip."""

SLIP_LENGTH = 8
"""Characters. Shorter names are one slip away from each other: « Loire », « Loiret »."""


class Agreement(NamedTuple):
    """``certain``: no question needed. ``score``: nearness of the names, between 0 and 1."""

    certain: bool
    score: float


def agreement(label: str, nom: str, type: str, departement: str = "") -> Agreement:
    """How well an account called ``label`` fits a body called ``nom``."""
    said, body = tokens(label), tokens(nom)
    extra = {w for w in said - body - NEUTRAL if not _place(w, departement)}
    if extra & STATE:
        return Agreement(False, 0)
    missing = {w for w in body - said if not _place(w, departement)}
    score = _score(label, nom, bool(extra), bool(missing))
    if not compatible(label, type):
        return Agreement(False, min(score, 0.5))
    if not extra:
        return Agreement(bool(said & body), score)
    return Agreement(_slip(label, nom), score)


def _score(label: str, nom: str, extra: bool, missing: bool) -> float:
    if not extra and not missing:
        return 1.0
    return round(fuzz.token_sort_ratio(normalise(label), normalise(nom)) / 100, 2)


def _slip(label: str, nom: str) -> bool:
    """Whether two names of as many words differ by a slip of the keyboard."""
    a, b = normalise(label), normalise(nom)
    if len(tokens(label)) != len(tokens(nom)) or min(len(a), len(b)) < SLIP_LENGTH:
        return False
    return fuzz.ratio(a, b) >= SLIP


def _place(word: str, departement: str) -> bool:
    """Whether the word is only the département's number, or a postcode of it."""
    return bool(departement) and territory(word) == departement and word[0].isdigit()
