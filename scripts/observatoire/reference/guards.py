"""What makes a new division suspect before it replaces the reference; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from observatoire.names import EPCI_KINDS
from observatoire.reference.source import Division

GRAND_PARIS = "200054781"
PARIS = "75056"
FLOORS = {
    "communes": ("communes", 34_000),
    "groupements": ("intercommunalités", 1_200),
    "ept": ("établissements publics territoriaux (option --ept)", 11),
    "departements": ("départements", 100),
    "regions": ("régions", 17),
}
"""Fewer than that is a broken source: France has 34,969 communes in 2026 and 1,255 EPCI; the Grand
Paris has had its 11 EPT since 2016."""

DRIFT = 0.2
"""An EPCI's figure is one to three years older than its communes': a fifth is more than growth."""


def refusals(division: Division) -> list[str]:
    """French sentences: why this cannot be the whole of France."""
    counts = {
        "communes": len(division.communes),
        "groupements": sum(g.type != "EPT" for g in division.groupements),
        "ept": sum(g.type == "EPT" for g in division.groupements),
        "departements": len(division.departements),
        "regions": len(division.regions),
    }
    return [
        f"{label} : {counts[kind]}, au lieu de {floor} au moins"
        for kind, (label, floor) in FLOORS.items()
        if counts[kind] < floor
    ]


def errors(division: Division) -> list[str]:
    """French sentences: what the tables of the reference cannot hold."""
    found = [
        f"le code {code} figure {times} fois"
        for code, times in Counter(
            [c.code for c in division.communes] + [g.siren for g in division.groupements]
        ).items()
        if times > 1
    ]
    found += [
        f"{g.nom} ({g.siren}) a un type inconnu : « {g.type} »"
        for g in division.groupements
        if g.type not in EPCI_KINDS
    ]
    return found


def doubts(division: Division) -> Iterator[str]:
    """French sentences: what a person should look at, and that does not stop the work."""
    codes = {c.code for c in division.communes}
    people = {c.code: c.population or 0 for c in division.communes}
    for g in division.groupements:
        unknown = [m for m in g.membres if m not in codes]
        if unknown:
            yield f"{g.nom} ({g.siren}) a des membres inconnus : {', '.join(unknown)}"
        total = sum(people.get(m, 0) for m in g.membres)
        if g.declared and abs(total - g.declared) > DRIFT * g.declared:
            yield (
                f"{g.nom} ({g.siren}) : la somme des communes donne {total} habitants,"
                f" la source en déclare {g.declared}"
            )
    yield from _unsound(division)
    yield from _without_ept(division)


def _unsound(division: Division) -> Iterator[str]:
    from stdnum.fr import siren

    numbers = [(c.siren, c.nom) for c in division.communes if c.siren]
    for number, nom in numbers + [(g.siren, g.nom) for g in division.groupements]:
        if not siren.is_valid(number):
            yield f"{nom} : le SIREN « {number} » n'est pas valide"


def _without_ept(division: Division) -> Iterator[str]:
    in_ept = {m for g in division.groupements if g.type == "EPT" for m in g.membres}
    metropole = {m for g in division.groupements if g.siren == GRAND_PARIS for m in g.membres}
    missing = sorted(metropole - in_ept - {PARIS})
    if missing:
        yield (
            f"communes du Grand Paris sans établissement public territorial : {', '.join(missing)}"
        )
