"""Whom to ask: the platforms that a connector reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from observatoire.harvest.model import Target
from observatoire.model import Row
from observatoire.sources import discover


def targets(
    platforms: Iterable[Row],
    *,
    sources: Collection[str] = (),
    only: Collection[str] = (),
    bases: Mapping[str, str] | None = None,
) -> list[Target]:
    """The platforms that a connector reads, inactive ones aside unless ``only`` names them.

    ``sources`` and ``only`` narrow the choice to some sources and platforms; ``bases`` replaces
    the address of a platform's API.
    """
    connectors = discover()
    by_techno = {t: c for c in connectors.values() for t in c.SOURCE.technos}
    found = []
    for platform in platforms:
        connector = by_techno.get(platform["techno"])
        if connector is None or (sources and connector.SOURCE.id not in sources):
            continue
        if platform["id"] in only or not (only or platform["statut"] == "inactive"):
            base = (bases or {}).get(platform["id"], "")
            moved = {**platform, "url_api": base} if base else platform
            found.append(Target(connector, moved, base))
    return found
