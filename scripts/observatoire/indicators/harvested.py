"""What the last harvest says of the accounts of open actors; nothing where it says nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from observatoire import french
from observatoire.indicators.model import (
    ACTORS,
    Dimension,
    Evidence,
    Measure,
    Place,
    Snapshot,
    rate,
)
from observatoire.indicators.records import Account, Organisation
from observatoire.indicators.zones import where

RULE = (
    "Pour chaque acteur et chaque critère, seul compte celui de ses comptes moissonnés qui a le"
    " plus de jeux, parmi ceux dont la moisson dit le critère : un jeu copié d'un portail à l'autre"
    " n'est pas compté deux fois."
)
NOTHING = "Aucune moisson ne le dit"

Reads = Callable[[Account], int | Decimal | None]
"""One column of a harvest, or what it amounts to in datasets."""


class Harvested(NamedTuple):
    """An account of an actor that the last harvest saw."""

    acteur: Organisation
    techno: str
    compte: Account


def accounts(snapshot: Snapshot) -> list[Harvested]:
    """Every harvested account of the open actors."""
    return [
        Harvested(snapshot.actors[p.siren], snapshot.techno(p), found)
        for p in snapshot.published
        if (found := snapshot.comptes.get((p.plateforme, p.identifiant)))
    ]


def telling(every: Iterable[Harvested], reads: Reads) -> list[Harvested]:
    """The accounts for which the harvest fills a column."""
    return [h for h in every if reads(h.compte) is not None and h.compte.nb_jeux is not None]


def largest(every: Iterable[Harvested]) -> list[Harvested]:
    """One account per actor: the one with the most datasets, the first of two as large."""
    out: dict[str, Harvested] = {}
    for account in every:
        known = out.get(account.acteur.siren)
        if known is None or (account.compte.nb_jeux or 0) > (known.compte.nb_jeux or 0):
            out[account.acteur.siren] = account
    return list(out.values())


def share(place: Place, told: Sequence[Harvested], reads: Reads, scope: str) -> Measure:
    """The datasets that a column counts, out of all those of accounts that tell it."""
    part = sum(reads(h.compte) or 0 for h in told)
    of = sum(h.compte.nb_jeux or 0 for h in told)
    return rate(place, part, of, scope, "" if told else NOTHING)


def dimensions(prefix: str, title: str, preuve: Evidence = french.ratio) -> tuple[Dimension, ...]:
    """The breakdowns that ``spread`` measures."""
    return (
        Dimension(f"{prefix}type", f"{title}par type", "types", preuve=preuve),
        Dimension(f"{prefix}region", f"{title}par région", "regions", preuve=preuve),
        Dimension(
            f"{prefix}techno",
            f"{title}par technologie (tous les comptes)",
            "technos",
            preuve=preuve,
        ),
    )


def spread(
    snapshot: Snapshot, every: Iterable[Harvested], reads: Reads, prefix: str, scope: str
) -> Iterator[Measure]:
    """The share by type, région and technology; only where a harvest says something."""
    told = telling(every, reads)
    chosen = largest(told)
    for name, found in _grouped(chosen, lambda h: h.acteur.type, ACTORS).items():
        yield share((f"{prefix}type", name), found, reads, f"{scope}, type {name}")
    for name, found in _grouped(chosen, lambda h: h.acteur.region).items():
        region = where("region", name, snapshot.reference)
        yield share((f"{prefix}region", name), found, reads, f"{scope}, {region}")
    for name, found in _grouped(told, lambda h: h.techno).items():
        words = f"{scope}, technologie {name}, copies comprises"
        yield share((f"{prefix}techno", name), found, reads, words)


def _grouped(
    found: Iterable[Harvested], of: Callable[[Harvested], str], order: Sequence[str] = ()
) -> Mapping[str, list[Harvested]]:
    out: dict[str, list[Harvested]] = {}
    for account in found:
        if name := of(account):
            out.setdefault(name, []).append(account)
    return {name: out[name] for name in order or sorted(out) if name in out}
