"""What makes a new division suspect before it replaces the reference; pure."""

from __future__ import annotations

from collections.abc import Iterator

from observatoire.reference.source import Division

GRAND_PARIS = "200054781"
PARIS = "75056"
FLOORS = {"communes": 34_000, "groupements": 1_200, "departements": 100, "regions": 17}
"""Fewer than that is a broken source: France has had 34,969 communes in 2026 and 1,255 EPCI."""

DRIFT = 0.2
"""An EPCI's figure is one to three years older than its communes': a fifth is more than growth."""


def shortfalls(division: Division) -> list[str]:
    """French sentences: what is too few to be France."""
    counts = {
        "communes": len(division.communes),
        "groupements": sum(g.type != "EPT" for g in division.groupements),
        "departements": len(division.departements),
        "regions": len(division.regions),
    }
    return [
        f"{counts[name]} {name} seulement (au moins {floor} attendus)"
        for name, floor in FLOORS.items()
        if counts[name] < floor
    ]


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
    yield from _without_ept(division)


def _without_ept(division: Division) -> Iterator[str]:
    in_ept = {m for g in division.groupements if g.type == "EPT" for m in g.membres}
    metropole = {m for g in division.groupements if g.siren == GRAND_PARIS for m in g.membres}
    missing = sorted(metropole - in_ept - {PARIS})
    if missing:
        yield (
            f"{len(missing)} communes du Grand Paris sans établissement public territorial :"
            f" {', '.join(missing[:5])}{'…' if len(missing) > 5 else ''}"  # noqa: PLR2004
        )
