"""Whom to ask: the platforms that a connector reads, each portal once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from observatoire.harvest.model import Target
from observatoire.model import Row
from observatoire.sources import discover

FRAME = re.compile(r"^https?://(www\.)?|[/#]+$", re.I)
"""What two spellings of one address may differ by."""


def targets(
    platforms: Iterable[Row],
    *,
    sources: Collection[str] = (),
    only: Collection[str] = (),
    bases: Mapping[str, str] | None = None,
) -> list[Target]:
    """The platforms that a connector reads, inactive ones aside unless ``only`` names them.

    ``sources`` and ``only`` narrow the choice to some sources and platforms; ``bases`` replaces
    the address of a platform's API. Several lines may name one portal: see ``twins``.
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


def twins(found: Iterable[Target]) -> dict[str, str]:
    """The platforms that are another one under a second name: their id to that of the other.

    One portal under two names would count its datasets twice. The one that serves the whole
    country stands for both, for it claims nobody's datasets; then the first by id.
    """
    portals: dict[tuple[str, str], list[Target]] = {}
    for target in found:
        if not target.base:
            portals.setdefault((target.connector.SOURCE.id, _spot(target.platform)), []).append(
                target
            )
    out: dict[str, str] = {}
    for group in portals.values():
        first, *others = sorted((t.platform for t in group), key=_rank)
        out |= {p["id"]: first["id"] for p in others}
    return out


def _spot(platform: Row) -> str:
    """Where a portal stands, however its address is written; its id when it has none."""
    address = platform.get("url_api") or platform.get("url", "")
    return FRAME.sub("", address).lower() or platform["id"]


def _rank(platform: Row) -> tuple[bool, str]:
    return platform.get("perimetre") != "national", platform["id"]
