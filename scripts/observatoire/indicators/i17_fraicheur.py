"""I17: how fresh the register is: the age of the last good harvest behind each publication."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import date

from observatoire import french
from observatoire.indicators import vocabulary
from observatoire.indicators.model import (
    PERCENT,
    WHOLE,
    Dimension,
    Header,
    Measure,
    Snapshot,
    rate,
)

AGES = {
    "000-007": "Moissonnée dans les 7 derniers jours",
    "008-031": "Il y a 8 à 31 jours",
    "032-092": "Il y a 32 à 92 jours",
    "093-365": "Il y a 93 à 365 jours",
    "366-": "Il y a plus d'un an",
    "jamais": "Jamais moissonnée",
}
LAST_DAYS = (7, 31, 92, 365)
MONTH = 31
ORIGINS = {
    "moisson": "Lue sur la plateforme",
    "manuel": "Saisie par une personne",
    "reprise": "Reprise des éditions précédentes",
}


def _read(part: int, of: int) -> str:
    return f"publications lues : {french.ratio(part, of)}"


HEADER = Header(
    id="I17",
    titre="Fraîcheur du registre",
    definition="Âge de la dernière moisson réussie de la plateforme derrière chaque publication, et"
    " origine de ses valeurs.",
    formule="Ensemble : 100 × publications dont la plateforme a été moissonnée avec succès dans les"
    " 31 jours / publications des acteurs ouverts. Âge et origine : 100 × publications de la"
    " tranche / publications. Plateforme : jours depuis la dernière moisson réussie (valeur) ;"
    " publications lues par une moisson / publications de la plateforme.",
    unite=f"{PERCENT}, jours par plateforme",
    portee="Publications des acteurs ouverts, toutes plateformes. Par plateforme : celles qui ont"
    " été moissonnées au moins une fois.",
    sources="Journal des moissons (data/moissons/journal.csv), table publications (origine).",
    limites="Le journal date une moisson identique à la précédente à une semaine près. Une édition"
    " figée n'a pas de moisson : tout y est « jamais moissonnée ».",
    dimensions=(
        Dimension(WHOLE, "Moissonnées depuis 31 jours au plus", vocabulary.WHOLE, tete=True),
        Dimension("age", "Par âge de la dernière moisson réussie", AGES),
        Dimension("origine", "Par origine de la valeur", ORIGINS),
        Dimension(
            "plateforme", "Jours depuis la dernière moisson réussie", "plateformes", preuve=_read
        ),
    ),
)


def measure(snapshot: Snapshot) -> Iterator[Measure]:
    """The share harvested within a month, then ages, origins and platforms."""
    scope = "publications des acteurs ouverts"
    ages = {name: _age(day, snapshot.date) for name, day in snapshot.journal.items()}
    every = Counter(p.plateforme for p in snapshot.published)
    fresh = sum(n for name, n in every.items() if ages.get(name, MONTH + 1) <= MONTH)
    yield rate((WHOLE, WHOLE), fresh, every.total(), scope)
    brackets: Counter[str] = Counter()
    for name, number in every.items():
        brackets[_bracket(ages.get(name))] += number
    for bracket in AGES:
        yield rate(("age", bracket), brackets[bracket], every.total(), scope)
    origins = Counter(p.origine for p in snapshot.published)
    for origin in ORIGINS:
        yield rate(("origine", origin), origins[origin], every.total(), scope)
    read = Counter(p.plateforme for p in snapshot.published if p.origine == "moisson")
    for name in sorted(ages):
        words = f"{scope} sur cette plateforme, lues par une moisson, parmi toutes"
        yield Measure("plateforme", name, read[name], every[name], str(ages[name]), "jours", words)


def _age(day: str, today: str) -> int:
    """Days from a harvest to the date of the snapshot; none for a harvest made since."""
    return max(0, (date.fromisoformat(today) - date.fromisoformat(day)).days)


def _bracket(age: int | None) -> str:
    return "jamais" if age is None else tuple(AGES)[bisect_left(LAST_DAYS, age)]
