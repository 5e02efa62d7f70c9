"""How much an organisation publishes, in words, and how that moved through the editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from observatoire import french
from observatoire.indicators import reading, snapshot
from observatoire.indicators.records import Publication
from observatoire.indicators.snapshot import Past
from observatoire.register import Register


class Amount(NamedTuple):
    """The two bounds of a number of datasets, and on how many platforms; -1: nobody knows."""

    low: int
    high: int
    platforms: int

    @property
    def text(self) -> str:
        """ "30 à 34", "12", "nombre inconnu"."""
        if self.low < 0:
            return "nombre inconnu"
        if self.low == self.high:
            return french.number(self.high)
        return f"{french.number(self.low)} à {french.number(self.high)}"

    @property
    def words(self) -> str:
        """ "30 à 34 jeux de données"."""
        if self.low < 0:
            return f"{self.text} de jeux de données"
        return f"{self.text} {'jeu' if self.high < french.PLURAL else 'jeux'} de données"


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which the amount of an organisation was another than before; None: nothing."""

    label: str
    date: str
    amount: Amount | None


def amounts(publications: Iterable[Publication]) -> dict[str, Amount]:
    """The amount of each organisation that publishes."""
    found: dict[str, list[Publication]] = defaultdict(list)
    for publication in publications:
        if publication.prouve:
            found[publication.siren].append(publication)
    return {siren: _amount(every) for siren, every in found.items()}


def _amount(every: list[Publication]) -> Amount:
    """The amount of one organisation: several accounts may be on the same platform."""
    platforms = len({p.plateforme for p in every}) if len(every) > 1 else 1
    known = [p.nb_jeux for p in every if p.nb_jeux is not None]
    if not known:
        return Amount(-1, -1, platforms)
    return Amount(max(known), sum(known), platforms)


def through(register: Register, past: Iterable[Past]) -> Mapping[str, list[Step]]:
    """What moved for each organisation: all the editions, then the versions that changed something.

    The states are read one at a time, and only what moved is kept.
    """
    steps: dict[str, list[Step]] = defaultdict(list)
    last: dict[str, Amount] = {}
    for label, date, now, edition in _states(register, past):
        for siren in now.keys() | last.keys():
            if edition or now.get(siren) != last.get(siren):
                steps[siren].append(Step(label, date, now.get(siren)))
        last = now
    return steps


State = tuple[str, str, dict[str, Amount], bool]
"""The name of a state, its day, who publishes how much, whether it is an edition."""


def _states(register: Register, past: Iterable[Past]) -> Iterator[State]:
    for year in snapshot.editions(register):
        found = reading.publications(register, f"editions/{year}/publications")
        yield f"Édition {year}", f"{year}-12-31", amounts(found), True
    for version in past:
        found = reading.publications(version.register, "publications")
        yield f"Version {version.tag}", version.date, amounts(found), False
